// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/progress.h"
#include "models/domain/ids.h"
#include "models/store/imports.h"
#include "ui/shell/shellneeds.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QThreadPool>

class QWidget;

namespace rollcall {

class Actions;
class FetchDialog;
class ImportDialog;
struct WelcomeChoice;

/// Opens the dialogs of other areas from the main window's commands: import (also of dropped files, one after the
/// other), preferences with backups, and the welcome.
class WindowDialogs final : public QObject {
    Q_OBJECT
public:
    WindowDialogs(ShellNeeds needs, Actions &actions, QWidget *window);
    ~WindowDialogs() override;
    void importClipboard(); ///< files that were copied, or a list as text
    void importFiles(const QStringList &files);
    void showWelcome();
    /// Whose contacts Fetch contacts… reads, and whether anything may be written (else why not).
    void setAccount(AccountId account);
    void setWritable(bool writable, const QString &why);
    void raiseImport(); ///< brings the open import to the front; nothing when there is none
    void cancelImport(); ///< as its own Cancel

signals:
    void imported(rollcall::BatchId batch, const QString &sentence, const rollcall::ImportCounts &counts);
    /// The import reads or saves; then, however that ended, it rests.
    void importWorking(const QString &title, const QString &line, const rollcall::Progress &progress);
    void importRested();
    void told(const QString &sentence);
    void restoreRequested(const QString &backup); ///< confirmed
    void gatewayWanted(); ///< the welcome's second way
    void sandboxWanted();
    void welcomeClosed(); ///< without a choice

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showPreferences(bool backups);
    void openImport(const QString &file);
    void openFetch();
    void updateFetch();
    void onChosen(const WelcomeChoice &choice);
    ShellNeeds m_needs;
    Actions &m_actions;
    QWidget *m_window;
    QPointer<ImportDialog> m_import;
    QPointer<FetchDialog> m_fetch;
    AccountId m_account;
    bool m_writable = false;
    QString m_whyNot;
    QStringList m_files; ///< waiting for the open import to end
    QString m_lastSentence;
    QString m_fetchSentence;
    QThreadPool m_pool; ///< last: waits for what still reads
};

} // namespace rollcall
