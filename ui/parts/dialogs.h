// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <QString>
#include <functional>

class QDialog;
class QLabel;
class QPushButton;
class QSize;
class QVBoxLayout;
class QWidget;

namespace rollcall {

/// A question with two answers. `confirm` names what happens ("Delete 12 people"), never "OK". Shown as plain text.
struct Question {
    QString title = {};
    QString text = {};
    QString details = {};
    QString confirm = {};
    QString decline = {}; ///< empty = "Cancel"
    bool dangerous = false; ///< the default button is then the declining one
};

/// Something to be told, without a choice.
struct Notice {
    enum class Kind { Info, Warning, Problem };
    Kind kind = Kind::Info;
    QString title = {};
    QString text = {};
    QString details = {};
};

struct FileWish {
    QString title = {};
    QString filter = {}; ///< "CSV files (*.csv);;All files (*)"
    QString start = {}; ///< folder or suggested path
    bool folder = false;
};

/// How the program asks a person. A window receives this; tests answer in place of the dialogs. Each answer comes once,
/// later or at once, on the GUI thread; an empty path means that nothing was chosen.
struct Asks {
    std::function<void(QWidget *parent, const Question &, std::function<void(bool)> then)> confirm = {};
    std::function<void(QWidget *parent, const Notice &)> tell = {};
    std::function<void(QWidget *parent, const FileWish &, std::function<void(QString)> then)> openFile = {};
    std::function<void(QWidget *parent, const FileWish &, std::function<void(QString)> then)> saveFile = {};
};

/// What a dialog says and asks, above its buttons. It is as high as its content where the screen has room (see
/// growToContent()) and scrolls where it has not, so that the buttons stay in sight.
class DialogBody final : public QScrollArea {
    Q_OBJECT
public:
    explicit DialogBody(QWidget *parent = nullptr);
    [[nodiscard]] QVBoxLayout &column() const { return *m_column; }
    /// Parent of what is put into column().
    [[nodiscard]] QWidget *inside() const { return widget(); }
    [[nodiscard]] int wantedHeight(int width) const; ///< of all of it, at this width
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    QVBoxLayout *m_column = nullptr;
};

/// The style sheet writes the default button bold, and its size hint does not know: call it after its text was set.
void roomForBold(QPushButton &button);

/// Makes a dialog as high as its content wants at its width: lines that wrap have a height only once that is known.
/// Never higher than the screen: what stands in a DialogBody scrolls then.
void growToContent(QDialog &dialog);

/// What a window may take of its screen, without the frame.
[[nodiscard]] QSize roomOnScreen(const QWidget &window);

/// The frame of the focus stands on the button that Return presses. Nothing where that is disabled.
void focusDefault(const QDialog &dialog);

/// A label of plain text that wraps and can be selected and copied. `look`: "title", "heading", "muted" or empty, as in
/// the style sheet.
[[nodiscard]] QLabel *plainLabel(QWidget *parent, const char *objectName, const char *look);
[[nodiscard]] QLabel *plainLabel(QWidget *parent, const QString &words, const char *look);

/// Real dialogs; none of them runs an event loop of its own.
[[nodiscard]] Asks realAsks();

} // namespace rollcall
