// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/banners.h"

#include "ui/parts/icons.h"
#include "ui/parts/theme.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

struct Look {
    const char *frame;
    const char *picture;
    Tone tone;
};

Look lookOf(Banners::Kind kind)
{
    switch (kind) {
    case Banners::Kind::Warning:
        return {"banner-warning", "warning", Tone::Warning};
    case Banners::Kind::Bad:
        return {"banner-bad", "warning", Tone::Bad};
    case Banners::Kind::Sandbox:
        return {"banner-sandbox", "sandbox", Tone::Sandbox};
    case Banners::Kind::Info:
        break;
    }
    return {"banner-info", "info", Tone::Busy};
}

} // namespace

Banners::Banners(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(Space::medium, Space::small, Space::medium, 0);
    m_column->setSpacing(Space::small);
    hide();
}

void Banners::showBanner(
    const QString &key, Kind kind, const QString &sentence, const QString &button, std::function<void()> act)
{
    remove(key);
    const Look look = lookOf(kind);
    auto *frame = new QFrame(this);
    frame->setObjectName(QStringLiteral("banner.") + key);
    frame->setProperty("look", QLatin1String(look.frame));
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(Space::medium, Space::small, Space::small, Space::small);
    auto *picture = new QLabel(frame);
    picture->setPixmap(iconPixmap(
        QLatin1String(look.picture), Space::icon, devicePixelRatioF(), tokensOf(palette()).ink(look.tone).fore));
    auto *words = new QLabel(sentence, frame);
    words->setObjectName(QStringLiteral("banner.text"));
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    row->addWidget(picture);
    row->addWidget(words, 1);
    if (!button.isEmpty()) {
        auto *push = new QPushButton(button, frame);
        push->setObjectName(QStringLiteral("banner.act"));
        row->addWidget(push);
        connect(push, &QPushButton::clicked, this, [act = std::move(act)] { act(); });
    }
    m_column->addWidget(frame);
    m_frames.insert(key, frame);
    setVisible(true);
}

void Banners::remove(const QString &key)
{
    if (QFrame *frame = m_frames.take(key)) {
        m_column->removeWidget(frame);
        frame->hide();
        frame->deleteLater(); // its own button may be asking
    }
    setVisible(!m_frames.isEmpty());
}

QString Banners::sentence(const QString &key) const
{
    const QFrame *frame = m_frames.value(key);
    return frame ? frame->findChild<QLabel *>(QStringLiteral("banner.text"))->text() : QString();
}

} // namespace rollcall
