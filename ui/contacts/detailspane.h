// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/person.h"
#include "ui/contacts/internal/verdictview.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QStackedWidget;

namespace rollcall {

class AnswersView;
class FieldList;
class GatewayView;
class LightsView;
class PersonLookup;
class Store;
class WrapLabel;

/// Everything known of the current person: fields, verdict with its provenance, aliases, consents, history. Read when
/// it is on screen; a gateway is asked on command only.
class DetailsPane final : public QWidget {
    Q_OBJECT
public:
    /// `edit` becomes a button; may be null. Without `lookup` no gateway can be asked.
    DetailsPane(
        Store &store, VerdictView::AccountOf accountOf, PersonLookup *lookup, QAction *edit, QWidget *parent = nullptr);
    void setPerson(PersonId person, AccountId account);
    void addConsentButtons(const QList<QAction *> &actions); ///< null ones are passed over
    void addLightButtons(const QList<QAction *> &actions); ///< same

signals:
    void closed();

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QLayout *makeBar(QAction *edit);
    void read();
    void show(const PersonDetails &details);
    void fail(const Failure &failure);
    void showHistory(const std::vector<Verdict> &history);
    QLabel *heading(const QString &words);

    Store &m_store;
    VerdictView::AccountOf m_accountOf;
    PersonId m_person;
    AccountId m_account;
    bool m_stale = false; ///< changed while hidden
    QStackedWidget *m_stack;
    WrapLabel *m_name;
    WrapLabel *m_number;
    WrapLabel *m_note;
    VerdictView *m_verdict;
    AnswersView *m_answers;
    GatewayView *m_gateway;
    LightsView *m_lights; ///< the three lights
    FieldList *m_fields;
    FieldList *m_aliases;
    FieldList *m_consents;
    FieldList *m_history;
    QHBoxLayout *m_consentRow;
    QLabel *m_consentHeading;
    QLabel *m_historyHeading;
    Call m_read;
    Call m_readLights;
};

} // namespace rollcall
