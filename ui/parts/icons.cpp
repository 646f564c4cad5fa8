// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/icons.h"

#include "ui/parts/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

// The resource lies in a static library, so it has to be named once; the macro may not stand in a namespace.
static void linkPictures()
{
    Q_INIT_RESOURCE(app);
}

namespace rollcall {

namespace {

QString pathOf(const QString &name)
{
    return QStringLiteral(":/icons/%1.svg").arg(name);
}

QPixmap draw(const QString &name, const QSize &pixels, const QColor &colour)
{
    const QString key = QStringLiteral("rollcall:%1:%2x%3:%4")
                            .arg(name)
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(colour.name(QColor::HexArgb));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    if (pixels.isEmpty()) // a style asks for a button that has no room
        return {};
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(pathOf(name));
    QPainter painter(&pixmap);
    const int side = qMin(pixels.width(), pixels.height());
    renderer.render(
        &painter, QRectF((pixels.width() - side) / 2.0, (pixels.height() - side) / 2.0, double(side), double(side)));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class ThemedEngine final : public QIconEngine {
public:
    enum class Ground { Surface, Accent };
    explicit ThemedEngine(QString name, Ground ground = Ground::Surface)
        : m_name(std::move(name))
        , m_ground(ground)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * scale, mode, state, scale));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        const QPalette palette = QGuiApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        if (m_ground == Ground::Accent && mode != QIcon::Disabled)
            return draw(m_name, size, tokensOf(palette).onAccent);
        return draw(m_name, size, palette.color(group, QPalette::WindowText));
    }
    QIconEngine *clone() const override { return new ThemedEngine(m_name, m_ground); }
    QString key() const override { return QStringLiteral("rollcall"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

private:
    QString m_name;
    Ground m_ground;
};

} // namespace

void prepareIcons()
{
    linkPictures();
}

QIcon icon(const QString &name)
{
    prepareIcons();
    return QFile::exists(pathOf(name)) ? QIcon(new ThemedEngine(name)) : QIcon();
}

QIcon iconOnAccent(const QString &name)
{
    prepareIcons();
    return QFile::exists(pathOf(name)) ? QIcon(new ThemedEngine(name, ThemedEngine::Ground::Accent)) : QIcon();
}

QPixmap iconPixmap(const QString &name, int size, double scale, const QColor &colour)
{
    prepareIcons();
    QPixmap pixmap = draw(name, QSize(size, size) * scale, colour);
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

QIcon programIcon()
{
    prepareIcons();
    QIcon made;
    QSvgRenderer renderer(pathOf(QStringLiteral("rollcall")));
    for (const int side : {16, 24, 32, 48, 64, 128, 256}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.end();
        made.addPixmap(pixmap);
    }
    return made;
}

} // namespace rollcall
