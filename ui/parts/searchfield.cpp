// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/searchfield.h"

#include "ui/parts/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace rollcall {

namespace {

constexpr int pictureSide = 16;
constexpr int room = 9; ///< as the style sheet's padding of a field

/// Paints its icon anew each time, so that it follows the palette.
class Picture final : public QWidget {
public:
    explicit Picture(QWidget *parent)
        : QWidget(parent)
        , m_icon(icon(QStringLiteral("search")))
    {
        setObjectName(QStringLiteral("magnifier"));
        setFixedSize(pictureSide, pictureSide);
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_icon.paint(&painter, rect(), Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
    }

private:
    const QIcon m_icon;
};

} // namespace

void setUpSearch(QLineEdit &search)
{
    search.setClearButtonEnabled(true);
    const QList<QToolButton *> buttons = search.findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        button->setObjectName(QStringLiteral("clearSearch"));
        button->setAccessibleName(QCoreApplication::translate("SearchField", "Clear the search"));
        button->setFocusPolicy(Qt::TabFocus);
        // It goes as soon as the text has gone, and the focus with it.
        QObject::connect(button, &QToolButton::clicked, &search, [&search] { search.setFocus(Qt::OtherFocusReason); });
    }
    auto *row = new QHBoxLayout(&search);
    row->setContentsMargins(room, 0, room, 0);
    row->addWidget(new Picture(&search));
    row->addStretch();
    search.setTextMargins(pictureSide + room / 2, 0, 0, 0);
}

} // namespace rollcall
