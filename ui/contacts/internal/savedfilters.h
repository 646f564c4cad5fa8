// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/filter.h"

#include <QObject>
#include <functional>
#include <vector>

class QMenu;

namespace rollcall {

class Settings;
class Store;

struct SavedFilter {
    QString name = {};
    Filter filter = {};
};

/// What of a filter can be kept: no search text, which may name somebody, and no import, which is forgotten after a
/// while.
[[nodiscard]] Filter keepable(Filter filter);
[[nodiscard]] QByteArray savedFiltersJson(const std::vector<SavedFilter> &filters); ///< pure
/// What of it can be read; entries without a name or a condition, and values of later versions, are left out. Pure.
[[nodiscard]] std::vector<SavedFilter> readSavedFilters(const QByteArray &json);

/// The operator's own filters in a menu: each with how many people it shows now at the current account, "save this
/// filter" under a name (an equal name is replaced), and taking one away. Kept in the settings.
class SavedFilters final : public QObject {
    Q_OBJECT
public:
    struct Needs {
        Store &store;
        Settings &settings;
        std::function<Filter()> current; ///< what the page shows
        std::function<AccountId()> account;
    };
    SavedFilters(Needs needs, QMenu *menu, QWidget *parent);
    void save(const QString &name);
    [[nodiscard]] const std::vector<SavedFilter> &all() const { return m_all; }

signals:
    void chosen(const rollcall::Filter &filter);

private:
    void fill();
    void countNext(std::size_t at);
    void ask();
    void keep();

    const Needs m_needs;
    QMenu *m_menu;
    QWidget *m_window;
    std::vector<SavedFilter> m_all;
    Call m_count;
};

} // namespace rollcall
