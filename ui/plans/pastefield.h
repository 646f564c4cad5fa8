// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/formats/numbersintext.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QStringListModel;
class QTabWidget;

namespace rollcall {

class CountryBox;

/// Takes any text and shows which phone numbers were found in it, for confirmation: ready, without a country, and what
/// is no number. Read on a worker thread.
class PasteField final : public QWidget {
    Q_OBJECT
public:
    /// `region`: default country for numbers without one, empty = none.
    explicit PasteField(const QString &region, QWidget *parent = nullptr);
    void setText(const QString &text);
    [[nodiscard]] const std::vector<PhoneNumber> &numbers() const { return m_found.ready; }
    [[nodiscard]] bool isReading() const { return m_soon.isActive() || m_reading.isOpen(); }

signals:
    void changed(); ///< another text, or what was found in it

private:
    void read();
    void show(NumbersInText found);
    int addList(const QString &objectName, const QString &name, QStringListModel *model);

    QPlainTextEdit *m_text;
    CountryBox *m_country;
    QLabel *m_summary;
    QTabWidget *m_tabs;
    QStringListModel *m_ready;
    QStringListModel *m_needCountry;
    QStringListModel *m_notNumbers;
    QTimer m_soon;
    NumbersInText m_found;
    Call m_reading;
};

} // namespace rollcall
