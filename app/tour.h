// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/ids.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

class QDialog;
class QWidget;

namespace rollcall {

class Application;

/// Works the main job in the real window as a person would: import the sample list, validate it, look at a verdict,
/// check one number, compose a card and send it, block, reconcile, write a dossier. Writes pictures into a folder and
/// says on stdout what it does. Driven by a timer, no event loop of its own.
class Tour final : public QObject {
    Q_OBJECT
public:
    Tour(Application &application, const QString &folder);
    void start();
    /// Where the dossier of the tour goes: who answers the tour's file dialogs needs it.
    [[nodiscard]] static QString dossierFile(const QString &folder);

signals:
    void finished(int code); ///< 0 = every step held

private:
    struct Step {
        QString says;
        std::function<void()> act;
        std::function<bool()> until;
    };
    void plan();
    void planImport();
    void planValidate();
    void planCompose();
    void planBlocks();
    [[nodiscard]] bool isListCounted() const;
    void planReconcile();
    void planDossier();
    void planPictures();
    void add(const QString &says, std::function<void()> act, std::function<bool()> until);
    void tick();
    void shoot(const QString &name, QWidget *widget = nullptr);
    void printTable();
    void saveListingAccount();
    void chooseBlocked();
    void click(const char *dialog, const char *button);
    [[nodiscard]] QString recentWriter() const; ///< somebody of the sandbox's world
    [[nodiscard]] QDialog *dialog(const char *name) const;
    [[nodiscard]] bool isEnabled(const char *dialog, const char *button) const;

    Application &m_application;
    QString m_folder;
    QTimer m_timer;
    std::vector<Step> m_steps;
    std::size_t m_next = 0;
    int m_waited = 0;
    bool m_acted = false;
    bool m_ran = false;
    bool m_shotFailed = false;
    Call m_call;
    AccountId m_listing;
    int m_blocked = 0; ///< the first row of those who were blocked
};

} // namespace rollcall
