// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/blocks/blocksneeds.h"
#include "ui/blocks/blocksubject.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace rollcall {

class DialogBody;
class PasteField;

/// Block…, Unblock… and Report…: who, how many, why, and which layers. Nothing happens here: the flight plan follows.
class BlockDialog final : public QDialog {
    Q_OBJECT
public:
    /// `current`: the account that is ticked at first. `reason`: the one offered, empty = none.
    BlockDialog(BlockOpening opening, const BlocksNeeds &needs, AccountId current, const QString &reason,
        QWidget *parent = nullptr);
    void setSubject(const BlockSubject &subject); ///< without it, text is pasted here
    [[nodiscard]] bool pastes() const { return m_paste != nullptr; }
    [[nodiscard]] std::vector<PhoneNumber> numbers() const; ///< of the pasted text
    [[nodiscard]] BlockWishes wishes() const;
    /// `people` of those who were pasted opted out: says so, and asks where their new consent comes from.
    void askConsent(qint64 people);
    void setBusy(bool busy);
    void showProblem(const QString &sentence);

signals:
    void planWanted(); ///< the dialog stays open until it is hidden or closed

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildWho();
    QWidget *buildWhy(const QString &reason);
    QWidget *buildLayers(AccountId current);
    QWidget *buildConsent();
    QWidget *buildButtons();
    void addAccount(QVBoxLayout &column, const Account &account, bool ticked);
    void offerReasons();
    void refresh();
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString consequence() const;
    [[nodiscard]] QString missing() const; ///< why one cannot go on yet
    [[nodiscard]] QString reasonId() const;

    const BlockOpening m_opening;
    const OperationKind m_kind;
    const BlocksNeeds &m_needs;
    BlockSubject m_subject;
    bool m_hasSubject = false;
    bool m_busy = false;
    DialogBody *m_body = nullptr;
    QLabel *m_who = nullptr;
    QLabel *m_remarks = nullptr;
    QVBoxLayout *m_whoColumn = nullptr;
    PasteField *m_paste = nullptr;
    QComboBox *m_reason = nullptr;
    QLineEdit *m_note = nullptr;
    QCheckBox *m_here = nullptr; ///< do-not-contact, or its lifting
    QList<QPair<AccountId, QCheckBox *>> m_accounts;
    QGroupBox *m_consent = nullptr;
    QLineEdit *m_consentSource = nullptr;
    QLineEdit *m_consentWords = nullptr;
    QDateTimeEdit *m_consentAt = nullptr;
    QLabel *m_consequence = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_next = nullptr;
};

} // namespace rollcall
