// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/ids.h"
#include "models/secrets/secrets.h"
#include "ui/parts/dialogs.h"

#include <QObject>
#include <QStringList>
#include <memory>
#include <optional>

namespace rollcall {

class Accounts;
class BlockDesk;
class DailyRetention;
class BlockRunner;
class CheckDesk;
class DraftKeeper;
class Importer;
class InstanceDoor;
class MainWindow;
class PersonLookup;
class Runner;
class SandboxHost;
class SendDesk;
class SendRunner;
class Settings;
class Store;

/// Builds the parts of one profile, owns them, wires signals between floors, and ends them in reverse.
class Application final : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString folder = {};
        bool sandbox = false; ///< no welcome; the sandbox account is the current one
        QStringList files = {}; ///< to be imported
        Asks asks = {};
        std::unique_ptr<Secrets> secrets = {}; ///< null = the keychain
    };
    /// Lock, header and schema are checked in here; everything slow waits for the first paint. Failures: those of
    /// Store::open and prepareFolder.
    /// `clock` outlives the application.
    static Result<std::unique_ptr<Application>> open(Options options, Clock &clock);
    ~Application() override;

    void show();
    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] Store &store() { return *m_store; }
    [[nodiscard]] Accounts &accounts() { return *m_accounts; }
    [[nodiscard]] SandboxHost &sandbox() { return *m_sandbox; }
    [[nodiscard]] Settings &settings() { return *m_settings; }
    [[nodiscard]] bool isReady() const { return m_ready; }
    /// Set when the operator chose a backup to restore: whoever runs the event loop ends this object, restores, opens
    /// anew.
    [[nodiscard]] const QString &backupToRestore() const { return m_restore; }

signals:
    /// Lists are read, the file is checked, the sandbox account (where wanted) is there.
    void ready();
    void restoreChosen();

private:
    Application(Options options, std::unique_ptr<Store> store, Clock &clock);
    void connectParts();
    void onFirstPaint();
    void checkFile();
    void onChecked(const Done &done);
    void loadLists();
    void onOpened();
    void recoverBlocks();
    void recoverSends();
    void startSandbox();
    void giveMemoryBackSoon();
    void useSandbox();
    void finishOpening();
    void tellReadOnly();
    void askForName();
    void applyLook();
    void nameOperator();
    void keep(Call call);

    Options m_options;
    Clock &m_clock;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Secrets> m_secrets;
    std::unique_ptr<SandboxHost> m_sandbox;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<InstanceDoor> m_door;
    std::unique_ptr<Accounts> m_accounts;
    std::unique_ptr<Runner> m_runner;
    std::unique_ptr<CheckDesk> m_desk;
    std::unique_ptr<Importer> m_importer;
    std::unique_ptr<PersonLookup> m_lookup;
    std::unique_ptr<BlockRunner> m_blockRunner;
    std::unique_ptr<BlockDesk> m_blockDesk;
    std::unique_ptr<DailyRetention> m_retention;
    std::unique_ptr<SendRunner> m_sendRunner;
    std::unique_ptr<SendDesk> m_sendDesk;
    std::unique_ptr<DraftKeeper> m_drafts;
    std::unique_ptr<MainWindow> m_window;
    std::vector<Call> m_calls; ///< of the opening and of single commands
    QString m_restore;
    bool m_listsRead = false;
    bool m_fileChecked = false; ///< also when it was found damaged
    bool m_writable = false;
    bool m_ready = false;
};

} // namespace rollcall
