// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QElapsedTimer>
#include <QString>
#include <vector>

namespace rollcall {

/// Chooses one of the regions libphonenumber knows, by name, in the order of the locale. Typing finds one, closed or
/// open, by its name ("united k"), a word in it ("emirates"), its calling code ("49", "+49") or its two letters. The
/// first entry stands for "none". Give it a QLabel buddy: a combo box has no other accessible name.
class CountryBox final : public QComboBox {
    Q_OBJECT
public:
    /// `none`: the words of the first entry, e.g. tr("None: every number needs its +").
    explicit CountryBox(const QString &none, QWidget *parent = nullptr);
    /// Two letters, or empty for none. A region that is not known chooses none.
    void setRegion(const QString &region);
    [[nodiscard]] QString region() const;
    /// Goes on with what was typed shortly before. Answers the entry that is meant, -1 = none. The one from which the
    /// search starts is `current`: one letter again and again goes through all that begin with it.
    [[nodiscard]] int find(const QString &text, int current);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Entry {
        QString name; ///< folded
        QString code; ///< calling code, digits
        QString region; ///< lower case
    };
    [[nodiscard]] int byCode(const QString &digits) const;
    [[nodiscard]] int byName(const QString &typed, int from) const;
    [[nodiscard]] bool isTyping() const;

    std::vector<Entry> m_entries; ///< without the first, "none"
    QString m_typed;
    QElapsedTimer m_since;
};

} // namespace rollcall
