// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>

class QSettings;

namespace rollcall {

/// A key, its type and its default in one place.
template <class T> struct Setting {
    const char *key;
    T fallback;
};

namespace Keys {
inline const Setting<QString> operatorName{"people/operator", {}};
inline const Setting<QString> defaultRegion{"numbers/region", {}};
inline const Setting<int> cacheDays{"checks/cache-days", 7};
inline const Setting<QString> theme{"look/theme", QStringLiteral("system")}; ///< system, light, dark
inline const Setting<QString> language{"look/language", {}};
inline const Setting<bool> dailyBackup{"backups/daily", true};
inline const Setting<qint64> currentAccount{"accounts/current", 0};
inline const Setting<bool> firstRunDone{"welcome/done", false};
/// Reasons of the operator's own, offered behind builtInBlockReasons().
inline const Setting<QStringList> blockReasons{"blocks/reasons", {}};
/// The rule "block who writes STOP": product.md, rule 3.
inline const Setting<bool> blockOnStop{"blocks/rule-on-stop", false};
/// Retention (models/people/retention.h): how long what is kept, 0 = for good, and the rule that removes it by itself.
inline const Setting<int> undoDays{"retention/undo-days", 30};
inline const Setting<int> verdictMonths{"retention/verdict-months", 0};
inline const Setting<int> runMonths{"retention/run-months", 0};
inline const Setting<int> toldMonths{"retention/told-months", 0};
inline const Setting<int> messageMonths{"retention/message-months", 0};
inline const Setting<int> leadMonths{"retention/lead-months", 0};
inline const Setting<int> journalMonths{"retention/journal-months", 0};
inline const Setting<bool> retentionDaily{"retention/rule-daily", false};
/// Send asks the gateway once about a recipient who was never checked: issue "composer", off by default.
inline const Setting<bool> checkBeforeSend{"compose/check-before-send", false};
} // namespace Keys

/// The portable settings of a profile (`settings.ini` in its folder, 0600) and, apart, what belongs to this machine's
/// screen (`window.ini`: geometry, header states). The only user of QSettings. GUI thread.
class Settings final : public QObject {
    Q_OBJECT
public:
    explicit Settings(const QString &folder, QObject *parent = nullptr);
    ~Settings() override;
    template <class T> [[nodiscard]] T value(const Setting<T> &setting) const;
    template <class T> void setValue(const Setting<T> &setting, const T &value);
    /// A view's state under a name with a version: a state of another version is not returned.
    [[nodiscard]] QByteArray viewState(const QString &name, int version) const;
    void setViewState(const QString &name, int version, const QByteArray &state);
    /// False when the last write could not be saved (disk full, read-only).
    [[nodiscard]] bool saved() const;

signals:
    void changed(const QString &key);

private:
    std::unique_ptr<QSettings> m_portable;
    std::unique_ptr<QSettings> m_local;
};

} // namespace rollcall
