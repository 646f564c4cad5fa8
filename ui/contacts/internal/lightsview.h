// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/store/people.h"
#include "ui/parts/theme.h"

#include <QWidget>
#include <functional>

class QAction;
class QLabel;
class QVBoxLayout;

namespace rollcall {

class Badge;
class FieldList;

/// The three lights of one person, never mixed, each with its provenance: ours (who, when, why), the gateway's at the
/// current account (and at others where one is on), WhatsApp's own. Below them when the person wrote last and what is
/// left of the 24 hours.
class LightsView final : public QWidget {
    Q_OBJECT
public:
    using AccountOf = std::function<const Account *(AccountId)>;
    explicit LightsView(AccountOf accountOf, QWidget *parent = nullptr);
    /// `nowMs`: wall time.
    void setLights(const PersonRow &row, const PersonLights &lights, AccountId account, qint64 nowMs);
    void addButtons(const QList<QAction *> &actions); ///< null ones are passed over

private:
    /// One light: its name, the word as a badge, facts below.
    struct Light {
        QLabel *name = nullptr;
        Badge *badge = nullptr;
        FieldList *facts = nullptr;
    };
    Light add(QVBoxLayout &column, const QString &objectName);
    void set(const Light &light, const QString &name, const QString &word, Tone tone, const QString &iconName);
    void showStop(const PersonRow &row, const PersonLights &lights);
    void showBlock(const PersonLights &lights, AccountId account);
    void showMarketing(const PersonLights &lights, AccountId account);
    void showInbound(const PersonRow &row, AccountId account, qint64 nowMs);
    [[nodiscard]] QString accountName(AccountId id) const;

    AccountOf m_accountOf;
    Light m_stop;
    Light m_block;
    Light m_marketing;
    Light m_inbound;
    QVBoxLayout *m_buttons;
};

} // namespace rollcall
