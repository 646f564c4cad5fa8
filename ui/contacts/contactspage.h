// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/filter.h"
#include "models/domain/ids.h"
#include "models/domain/phonenumber.h"
#include "ui/contacts/contactsneeds.h"

#include <QWidget>

class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace rollcall {

class CheckCommands;
class ContactsModel;
class DetailsPane;
class EmptyState;
class FilterBar;
class PeopleView;
class PersonCommands;
class PrivacyCommands;
class UndoCommands;

/// Everybody of the list: search as you type, filters, the table, and what is known of the current person beside it.
/// Showing it never causes a check.
class ContactsPage final : public QWidget {
    Q_OBJECT
public:
    ContactsPage(ContactsNeeds needs, ContactsActions actions, QWidget *parent = nullptr);
    ~ContactsPage() override;

    /// Whose verdicts are shown and at which Validate asks. Also reads the list: call it once after opening (a null
    /// account shows people without verdicts), and again when the account was changed.
    void setAccount(AccountId account);
    /// Fills the search buffer: after the first paint.
    void loadSearch();
    void setFilter(const Filter &filter); ///< e.g. the people of an import
    void focusSearch();
    /// Commands that store something can be used only while it is true; else `why` says why not, as a sentence.
    void setWritable(bool writable, const QString &why);
    void recordOptIn(PersonId person); ///< asks for the circumstances, as the command does
    /// For the status line: rows of the filter and how many are chosen.
    [[nodiscard]] qint64 shownCount() const;
    [[nodiscard]] qint64 chosenCount() const;
    /// The chosen people in view order; nobody when nothing is chosen.
    [[nodiscard]] std::vector<PersonId> chosenOnly() const;
    [[nodiscard]] ContactsModel &model() { return *m_model; }

signals:
    void countsChanged();
    void pasteWanted(); ///< Ctrl+V over the list: what is in the clipboard is to be imported
    void told(const QString &sentence); ///< for the status line; plain text
    void runStarted(rollcall::RunId run);
    void runUndoWanted(rollcall::RunId run); ///< a block or unblock is to be taken back
    /// The operator took the offer to block who opted out: to the flight plan.
    void blockWanted(const std::vector<rollcall::PersonId> &people);
    /// These numbers wrote STOP and are do-not-contact; `block`: to be blocked as well, by offer or by rule.
    void stopsRecorded(const std::vector<rollcall::PhoneNumber> &numbers, bool block);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildTable();
    void addTools(QMenu *columnMenu);
    void buildLayout();
    void connectParts();
    void connectActions();
    void showState();
    void onFailed(const Failure &failure);
    void updateActions();
    void updateValidate(bool here);
    void goToTable(); ///< from the search: the keyboard goes on with a chosen row
    void connectPrivacy();
    void findStops();
    void showHistory();
    void showContextMenu(const QPoint &at);
    void setDetailsShown(bool shown);
    [[nodiscard]] std::vector<PersonId> chosenPeople() const;
    [[nodiscard]] PersonId currentPerson() const;
    [[nodiscard]] bool hasInboundRule() const; ///< of the current account

    ContactsNeeds m_needs;
    ContactsActions m_actions;
    AccountId m_account;
    ContactsModel *m_model;
    FilterBar *m_filters;
    PeopleView *m_table;
    DetailsPane *m_details;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    EmptyState *m_nobody;
    EmptyState *m_noMatch;
    QLabel *m_problem;
    QToolButton *m_detailsButton = nullptr;
    QTimer *m_saveSplitter = nullptr;
    bool m_writable = true;
    QString m_whyNot; ///< why it is not writable
    PersonId m_wanted; ///< just added: becomes current once it is shown
    PersonCommands *m_people;
    PrivacyCommands *m_privacy;
    CheckCommands *m_checks;
    UndoCommands *m_undo;
};

} // namespace rollcall
