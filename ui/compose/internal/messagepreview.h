// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/card.h"

#include <QStringList>
#include <QWidget>
#include <vector>

namespace rollcall {

/// How the picture is drawn; it has nothing to do with the program's own theme.
struct PreviewLook {
    bool desktop = false; ///< else a phone
    bool dark = false;
    friend bool operator==(const PreviewLook &, const PreviewLook &) = default;
};

/// What the picture says: made once a change, so that painting only paints. Texts are one line each and harmless.
struct PreviewText {
    struct Line {
        QString label = {}; ///< "CELL"; empty = none
        QString value = {};
    };
    QString bubble = {}; ///< the first card's name
    QString others = {}; ///< "and 2 other contacts"; empty = there are none
    int avatars = 0; ///< 0 to 3
    QStringList bubbleButtons = {}; ///< "Message" or "Invite", "Save contact"; "View all"
    QString name = {}; ///< of the opened profile
    QString about = {}; ///< company and title
    std::vector<Line> lines = {};
    int more = 0; ///< lines that are not drawn
    QStringList profileButtons = {};
    [[nodiscard]] QString toString() const; ///< for a screen reader
};
/// `current`: the card whose profile is opened. Pure.
[[nodiscard]] PreviewText previewText(const std::vector<Card> &cards, int current);

/// The message as WhatsApp draws it, and under it the opened profile of one card.
class MessagePreview final : public QWidget {
    Q_OBJECT
public:
    explicit MessagePreview(QWidget *parent = nullptr);
    void setText(PreviewText text);
    [[nodiscard]] const PreviewText &text() const { return m_text; }
    void setLook(PreviewLook look);
    [[nodiscard]] PreviewLook look() const { return m_look; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int) const override { return sizeHint().height(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int bubbleHeight() const;
    [[nodiscard]] int profileHeight() const;
    void paintBubble(QPainter &painter, const QRect &area) const;
    void paintProfile(QPainter &painter, const QRect &area) const;
    void paintLines(QPainter &painter, QRect area) const;
    void paintButtons(QPainter &painter, const QRect &area, const QStringList &words) const;
    void paintAvatar(QPainter &painter, const QRect &circle) const;
    [[nodiscard]] QFont sized(double factor, bool bold) const;

    PreviewText m_text;
    PreviewLook m_look;
};

} // namespace rollcall
