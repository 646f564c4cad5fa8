// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/store/backups.h"
#include "ui/parts/dialogs.h"
#include "ui/preferences/retentionpage.h"

#include <QDialog>
#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTabWidget;
class QTableWidget;

namespace rollcall {

class CountryBox;
class Settings;

/// What the dialog needs done by others. Each answer comes once, on the GUI thread; dropping a Call drops the answer.
struct PreferencesNeeds {
    Asks asks = {};
    std::function<Call(std::function<void(Result<BackupFile>)> then)> backUp = {};
    std::function<Call(std::function<void(std::vector<BackupFile>)> then)> backups = {}; ///< newest first
    /// The person has confirmed: close the store, restore this file, start again.
    std::function<void(const QString &path)> restore = {};
    RetentionNeeds retention = {}; ///< its asks are those above
    std::vector<std::pair<QString, QString>> languages = {}; ///< code and the language's own name; "" is the system's
};

/// Operator name, default country, cache days, looks, language, backups, retention. Settings are written on Save, all
/// at once; the backup buttons act at once.
class Preferences final : public QDialog {
    Q_OBJECT
public:
    Preferences(Settings &settings, PreferencesNeeds needs, QWidget *parent = nullptr);
    ~Preferences() override;
    void showRetention();
    void showBackups(); ///< shows the list of backups and puts the focus on it: for the command Restore…

private:
    [[nodiscard]] QWidget *makeWork();
    [[nodiscard]] QWidget *makeLook();
    [[nodiscard]] QWidget *makeBackups();
    [[nodiscard]] QWidget *makeEnd();
    void makeBackupTable();
    void follow(); ///< Save needs a name
    void save();
    void readBackups();
    void fill(const std::vector<BackupFile> &files);
    void backUp();
    void restoreSelected();
    void say(const QString &sentence);

    Settings &m_settings;
    PreferencesNeeds m_needs;
    Call m_reading;
    Call m_backingUp;
    std::vector<BackupFile> m_files;
    QTabWidget *m_tabs;
    QLineEdit *m_name;
    CountryBox *m_country;
    QSpinBox *m_cacheDays;
    QCheckBox *m_checkFirst;
    QComboBox *m_theme;
    QComboBox *m_language;
    QCheckBox *m_blockOnStop;
    QCheckBox *m_daily;
    QTableWidget *m_table;
    QLabel *m_said;
    QPushButton *m_backUp;
    QPushButton *m_restore;
    QPushButton *m_save;
    RetentionPage *m_retention;
};

} // namespace rollcall
