// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>
#include <functional>

class QFrame;
class QVBoxLayout;

namespace rollcall {

/// Sentences that stay over a page until they are not true any more.
class Banners final : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Info, Warning, Bad, Sandbox };
    explicit Banners(QWidget *parent = nullptr);
    /// Shows or replaces the banner of this key. With a button text, `act` runs at its click.
    void showBanner(const QString &key, Kind kind, const QString &sentence, const QString &button = {},
        std::function<void()> act = {});
    void remove(const QString &key);
    [[nodiscard]] QString sentence(const QString &key) const; ///< empty when not shown

private:
    QVBoxLayout *m_column;
    QHash<QString, QFrame *> m_frames;
};

} // namespace rollcall
