// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/dialogs.h"

#include "ui/parts/icons.h"
#include "ui/parts/theme.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QLabel>
#include <QLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>
#include <memory>

namespace rollcall {

namespace {

constexpr int leastHeight = 120; // some lines and the edge of what follows

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Dialogs)
};

QMessageBox *plainBox(QWidget *parent, const QString &title, const QString &text, const QString &details)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(title);
    box->setText(text);
    box->setInformativeText(details);
    return box;
}

void setPicture(QMessageBox &box, const QString &name, Tone tone)
{
    const Ink &ink = tokensOf(box.palette()).ink(tone);
    box.setIconPixmap(iconPixmap(name, 2 * Space::icon, box.devicePixelRatioF(), ink.fore));
}

void confirm(QWidget *parent, const Question &question, std::function<void(bool)> then)
{
    QMessageBox *box = plainBox(parent, question.title, question.text, question.details);
    box->setObjectName(QStringLiteral("question"));
    setPicture(*box, question.dangerous ? QStringLiteral("warning") : QStringLiteral("help"),
        question.dangerous ? Tone::Warning : Tone::Accent);
    auto *yes = box->addButton(question.confirm, QMessageBox::AcceptRole);
    auto *no
        = box->addButton(question.decline.isEmpty() ? Text::tr("Cancel") : question.decline, QMessageBox::RejectRole);
    if (question.dangerous)
        yes->setProperty("look", QStringLiteral("danger"));
    roomForBold(*yes);
    box->setDefaultButton(question.dangerous ? no : yes);
    box->setEscapeButton(no);
    // buttonClicked comes for Escape and the closed window too, as the escape button.
    QObject::connect(box, &QMessageBox::finished, box,
        [box, yes, then = std::move(then)](int) { then(box->clickedButton() == yes); });
    box->open();
}

void tell(QWidget *parent, const Notice &notice)
{
    QMessageBox *box = plainBox(parent, notice.title, notice.text, notice.details);
    box->setObjectName(QStringLiteral("notice"));
    const bool info = notice.kind == Notice::Kind::Info;
    setPicture(*box, info ? QStringLiteral("info") : QStringLiteral("warning"),
        info                                       ? Tone::Accent
            : notice.kind == Notice::Kind::Problem ? Tone::Bad
                                                   : Tone::Warning);
    box->addButton(Text::tr("Close"), QMessageBox::AcceptRole);
    box->open();
}

void chooseFile(QWidget *parent, const FileWish &wish, QFileDialog::AcceptMode mode, std::function<void(QString)> then)
{
    auto *dialog = new QFileDialog(parent, wish.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    if (wish.folder) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    } else {
        dialog->setFileMode(mode == QFileDialog::AcceptOpen ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
        dialog->setNameFilter(wish.filter);
    }
    if (!wish.start.isEmpty()) {
        const QFileInfo start(wish.start);
        dialog->setDirectory(start.isDir() ? start.filePath() : start.path());
        if (!start.isDir())
            dialog->selectFile(start.fileName());
    }
    QObject::connect(dialog, &QFileDialog::finished, dialog, [dialog, then = std::move(then)](int result) {
        const QStringList files = dialog->selectedFiles();
        then(result == QDialog::Accepted && !files.isEmpty() ? files.constFirst() : QString());
    });
    dialog->open();
}

} // namespace

void roomForBold(QPushButton &button)
{
    QFont bold = button.font();
    bold.setWeight(QFont::DemiBold);
    button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(button.text()) + 2 * Space::large);
}

void growToContent(QDialog &dialog)
{
    QLayout *layout = dialog.layout();
    auto *body = dialog.findChild<DialogBody *>();
    if (body)
        body->updateGeometry(); // what it wanted before is remembered
    layout->activate();
    const int width = dialog.width();
    int wanted = layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : dialog.sizeHint().height();
    if (body) {
        const QMargins margins = layout->contentsMargins();
        wanted += body->wantedHeight(width - margins.left() - margins.right()) - body->sizeHint().height();
    }
    dialog.resize(width, std::min(std::max(dialog.height(), wanted), roomOnScreen(dialog).height()));
}

QSize roomOnScreen(const QWidget &window)
{
    constexpr int frame = 40; // title bar and borders, before the window has them
    const QScreen *screen = window.screen();
    const QSize all = screen ? screen->availableSize() : QSize(1280, 720);
    return {all.width(), all.height() - frame};
}

void focusDefault(const QDialog &dialog)
{
    const QList<QPushButton *> buttons = dialog.findChildren<QPushButton *>();
    for (QPushButton *button : buttons)
        if (button->isDefault() && button->isEnabled())
            return button->setFocus();
}

QLabel *plainLabel(QWidget *parent, const QString &words, const char *look)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // before the words: they may be foreign
    label->setText(words);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QLabel *plainLabel(QWidget *parent, const char *objectName, const char *look)
{
    QLabel *label = plainLabel(parent, QString(), look);
    label->setObjectName(QLatin1String(objectName));
    return label;
}

DialogBody::DialogBody(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("dialogBody"));
    auto *content = new QWidget(this);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(Space::medium);
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus); // what stands in it has the focus, and is scrolled to
}

int DialogBody::wantedHeight(int width) const
{
    // What was filled a moment ago has not told its parent yet what it wants: innermost first.
    const QList<QWidget *> parts = inside()->findChildren<QWidget *>();
    std::for_each(parts.crbegin(), parts.crend(), [](QWidget *part) {
        if (part->layout() && part->layout()->activate())
            part->updateGeometry();
    });
    m_column->activate();
    return m_column->hasHeightForWidth() ? m_column->totalHeightForWidth(width) : m_column->totalSizeHint().height();
}

QSize DialogBody::sizeHint() const
{
    return m_column->totalSizeHint();
}

QSize DialogBody::minimumSizeHint() const
{
    return {m_column->totalMinimumSize().width() + verticalScrollBar()->sizeHint().width(),
        std::min(leastHeight, m_column->totalMinimumSize().height())};
}

Asks realAsks()
{
    Asks asks;
    asks.confirm = confirm;
    asks.tell = tell;
    asks.openFile = [](QWidget *parent, const FileWish &wish, std::function<void(QString)> then) {
        chooseFile(parent, wish, QFileDialog::AcceptOpen, std::move(then));
    };
    asks.saveFile = [](QWidget *parent, const FileWish &wish, std::function<void(QString)> then) {
        chooseFile(parent, wish, QFileDialog::AcceptSave, std::move(then));
    };
    return asks;
}

} // namespace rollcall
