// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/cards/drafts.h"
#include "models/cards/senddesk.h"
#include "models/domain/ids.h"
#include "ui/compose/composeneeds.h"

#include <QWidget>
#include <vector>

class QLabel;
class QPushButton;
class QSplitter;
class QTabWidget;
class QToolButton;

namespace rollcall {

class CardsPane;
class ComposeTools;
class JsonView;
class PreviewPane;
class RecipientsPanel;

/// Writes a contacts message: the form on the left, the message as WhatsApp draws it and the JSON that goes out on the
/// right. What is typed is kept as a draft. Nothing is sent from here but by the Send… command.
class ComposePage final : public QWidget {
    Q_OBJECT
public:
    ComposePage(ComposeNeeds needs, const ComposeActions &actions, QWidget *parent = nullptr);
    ~ComposePage() override;

    void load(); ///< brings the draft back: once after opening
    void setAccount(AccountId account); ///< the current one: whose form the JSON has, and who would send
    void setWritable(bool writable, const QString &why);

    /// People of the list as cards, at the end of the message; the WhatsApp ID comes from their valid verdict.
    void addPeople(const std::vector<PersonId> &people);
    void addRecipients(const std::vector<PersonId> &people);
    void addCards(const std::vector<Card> &cards);
    void openFiles(const QStringList &paths); ///< .vcf
    void setComposition(const Composition &composition);
    [[nodiscard]] Composition composition() const;
    [[nodiscard]] Recipients recipients() const;
    [[nodiscard]] std::vector<Card> cards() const;
    [[nodiscard]] QString replyTo() const; ///< id of the message this answers, empty = none
    void clear(); ///< the message left: its draft goes too
    /// Why it cannot be sent now, as a sentence; empty when Send… may be pressed.
    [[nodiscard]] QString whyNotSendable() const;

    [[nodiscard]] qint64 shownCount() const;
    [[nodiscard]] qint64 chosenCount() const { return 0; }

signals:
    void countsChanged();
    void sendableChanged();
    void peopleWanted(); ///< those chosen in Contacts, as recipients
    void optInWanted(rollcall::PersonId person); ///< of a recipient: it is to be recorded
    void told(const QString &sentence);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildLeft(const ComposeActions &actions);
    QWidget *buildRight();
    void connectParts();
    void onEdited();
    void showMessage();
    void showJson();
    [[nodiscard]] Result<QByteArray> messageBytes() const;
    [[nodiscard]] QString whereItGoes(const QString &account) const;
    void showSendable();
    void askNew();
    void focusProblem(); ///< brings what whyNotSendable() is about into view

    ComposeNeeds m_needs;
    AccountId m_account;
    bool m_writable = false;
    bool m_loaded = false;
    bool m_restoring = false;
    QString m_whyNot;
    ComposeTools *m_tools;
    RecipientsPanel *m_recipients;
    CardsPane *m_cards;
    QPushButton *m_show; ///< made before the preview: Tab goes in this order
    QToolButton *m_send;
    PreviewPane *m_preview;
    JsonView *m_json;
    QTabWidget *m_tabs;
    QSplitter *m_splitter;
    QLabel *m_problem;
    Call m_restore;
    Call m_people;
    Call m_jsonSoon;
};

} // namespace rollcall
