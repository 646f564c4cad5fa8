// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shellcommands.h"

#include "models/settings/settings.h"
#include "models/store/backups.h"
#include "models/store/store.h"
#include "ui/parts/banners.h"
#include "ui/shell/actions.h"
#include "ui/shell/statusline.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

#include <QDesktopServices>
#include <QTimer>
#include <QUrl>

namespace rollcall {

namespace {

const QString &clockBanner()
{
    static const QString key = QStringLiteral("clock");
    return key;
}

} // namespace

ShellCommands::ShellCommands(ShellNeeds needs, Actions &actions, StatusLine &status, Banners &banners, QWidget *window)
    : QObject(window)
    , m_needs(std::move(needs))
    , m_actions(actions)
    , m_status(status)
    , m_banners(banners)
    , m_window(window)
{
    connect(actions.at(Act::BackUp), &QAction::triggered, this, &ShellCommands::backUp);
    connect(actions.at(Act::ConfirmTime), &QAction::triggered, this, &ShellCommands::confirmTime);
    connect(actions.at(Act::About), &QAction::triggered, this, &ShellCommands::showAbout);
    connect(actions.at(Act::OpenFolder), &QAction::triggered, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_needs.store.report().folder)); });
    connectThemes();
    auto *minute = new QTimer(this);
    minute->setInterval(60'000);
    connect(minute, &QTimer::timeout, this, &ShellCommands::lookAtClock);
    minute->start();
}

void ShellCommands::connectThemes()
{
    const auto showChoice = [this] {
        const QString theme = m_needs.settings.value(Keys::theme);
        const Act act = theme == QLatin1String("dark") ? Act::ThemeDark
            : theme == QLatin1String("light")          ? Act::ThemeLight
                                                       : Act::ThemeSystem;
        m_actions.at(act)->setChecked(true);
    };
    showChoice();
    connect(&m_needs.settings, &Settings::changed, this, showChoice); // the preferences change it too
    const std::pair<Act, const char *> themes[]
        = {{Act::ThemeSystem, "system"}, {Act::ThemeLight, "light"}, {Act::ThemeDark, "dark"}};
    for (const auto &theme : themes) {
        const QString name = QLatin1String(theme.second);
        connect(m_actions.at(theme.first), &QAction::triggered, this,
            [this, name] { m_needs.settings.setValue(Keys::theme, name); });
    }
}

void ShellCommands::backUp()
{
    m_status.tell(tr("Writing a backup…"));
    m_backup = m_needs.store.backups().backupNow([this](Result<BackupFile> made) {
        m_status.tell(made ? tr("Backup written: %1").arg(made->path) : failureSentence(made.failure()));
    });
}

void ShellCommands::lookAtClock()
{
    const TimeView time = m_needs.store.time();
    m_actions.setUsable(Act::ConfirmTime, time.clockMoved());
    if (!time.clockMoved())
        return m_banners.remove(clockBanner());
    if (m_banners.sentence(clockBanner()).isEmpty())
        m_banners.showBanner(clockBanner(), Banners::Kind::Warning,
            tr("The computer's clock says %1, but this profile has already seen %2. Every verdict counts as expired, "
               "and "
               "nothing is asked by itself until the time is sure.")
                .arg(moment(time.now.wallMs), moment(time.latestSeenMs)),
            tr("Confirm the time…"), [this] { confirmTime(); });
}

void ShellCommands::confirmTime()
{
    Question question;
    question.title = tr("Confirm the time");
    question.text = tr("Is %1 the right time?").arg(moment(m_needs.store.time().now.wallMs));
    question.details
        = tr("If you confirm, ages are counted from this time on. If the clock is wrong, set it right instead.");
    question.confirm = tr("The time is right");
    m_needs.asks.confirm(m_window, question, [this](bool yes) {
        if (!yes)
            return;
        m_confirm = m_needs.store.confirmTime([this](const Done &done) {
            if (!done)
                m_status.tell(failureSentence(done.failure()));
            lookAtClock();
        });
    });
}

void ShellCommands::showAbout()
{
    m_needs.asks.tell(m_window,
        {Notice::Kind::Info, tr("About Rollcall"), tr("Rollcall %1").arg(QStringLiteral(ROLLCALL_VERSION)),
            tr("Desktop console for WhatsApp contact lists. Free software under the GNU General Public License, "
               "version 3 or "
               "later.")});
}

} // namespace rollcall
