// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/testchecklist.h"

#include "ui/accounts/accountswords.h"
#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/words.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace rollcall {

namespace {

/// The order in which Accounts::test tells them.
const QStringList &stepIds()
{
    static const QStringList ids{QStringLiteral("address"), QStringLiteral("tls"), QStringLiteral("login"),
        QStringLiteral("health"), QStringLiteral("can-check"), QStringLiteral("can-tell"), QStringLiteral("can-block"),
        QStringLiteral("can-list"), QStringLiteral("limits"), QStringLiteral("clock")};
    return ids;
}

QLabel *plainLabel(QWidget *parent, const QString &objectName)
{
    auto *label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    return label;
}

} // namespace

TestChecklist::TestChecklist(QWidget *parent)
    : QWidget(parent)
    , m_hint(plainLabel(this, QStringLiteral("test.hint")))
{
    // Ten findings are higher than a small screen leaves room for: they scroll, none is cut.
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("test.steps"));
    scroll->setAccessibleName(tr("Steps of the connection test"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *steps = new QWidget(scroll);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    auto *grid = new QGridLayout(steps);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Space::small);
    grid->setVerticalSpacing(Space::tiny);
    grid->setColumnStretch(1, 1);
    m_hint->setProperty("look", QStringLiteral("muted"));
    grid->addWidget(m_hint, 0, 0, 1, 2);
    int row = 1;
    for (const QString &id : stepIds()) {
        Line line;
        line.picture = new QLabel(this);
        line.picture->setFixedWidth(Space::icon);
        line.picture->setAlignment(Qt::AlignTop);
        line.title = plainLabel(this, QStringLiteral("test.") + id);
        line.finding = plainLabel(this, QStringLiteral("test.") + id + QStringLiteral(".finding"));
        line.finding->setProperty("look", QStringLiteral("muted"));
        line.finding->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        grid->addWidget(line.picture, row, 0);
        grid->addWidget(line.title, row++, 1);
        grid->addWidget(line.finding, row++, 1);
        m_lines.insert(id, line);
    }
    grid->setRowStretch(row, 1);
    scroll->setWidget(steps);
    steps->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    clear();
}

void TestChecklist::clear()
{
    for (Line &line : m_lines) {
        line.mark = Line::Mark::None;
        draw(line);
    }
    m_hint->setText(tr("Goes through address, encryption, login, health and what the account can do, one by one. No "
                       "number is checked by it."));
}

void TestChecklist::start()
{
    clear();
    for (const QString &id : stepIds()) {
        Line &line = m_lines[id];
        line.step = {id, TestStep::State::Skipped, QString()};
        line.mark = Line::Mark::Waiting;
        draw(line);
    }
}

void TestChecklist::show(const TestStep &step)
{
    const auto found = m_lines.find(step.id);
    if (found == m_lines.end())
        return;
    found->step = step;
    found->mark = Line::Mark::Known;
    draw(*found);
}

void TestChecklist::showLast(const AccountTest &test)
{
    if (test.atMs == 0)
        return;
    for (const TestStep &step : test.steps)
        show(step);
    m_hint->setText(tr("Found by the test of %1. Test again to see how it is now.").arg(moment(test.atMs)));
}

QString TestChecklist::sentence(const QString &stepId) const
{
    const Line line = m_lines.value(stepId);
    if (line.mark != Line::Mark::Known)
        return {};
    return tr("%1: %2. %3")
        .arg(Words::testStep(stepId), AccountsText::stepWord(line.step), AccountsText::stepFinding(line.step));
}

void TestChecklist::draw(Line &line)
{
    const bool known = line.mark == Line::Mark::Known;
    line.picture->setVisible(line.mark != Line::Mark::None);
    line.title->setVisible(line.mark != Line::Mark::None);
    line.finding->setVisible(known);
    if (line.mark == Line::Mark::None)
        return;
    QString name = QStringLiteral("wait");
    Tone tone = Tone::Neutral;
    if (known) {
        switch (line.step.state) {
        case TestStep::State::Ok:
            if (AccountsText::isProved(line.step)) {
                name = QStringLiteral("tick");
                tone = Tone::Good;
            } else {
                name = QStringLiteral("verdict-none");
            }
            break;
        case TestStep::State::Warning:
            name = QStringLiteral("warning");
            tone = Tone::Warning;
            break;
        case TestStep::State::Failed:
            name = QStringLiteral("cancel");
            tone = Tone::Bad;
            break;
        case TestStep::State::Skipped:
        case TestStep::State::Cannot:
            name = QStringLiteral("verdict-none");
            break;
        }
    }
    line.picture->setPixmap(iconPixmap(name, Space::icon - 2, devicePixelRatioF(), tokensOf(palette()).ink(tone).fore));
    const QString title = Words::testStep(line.step.id);
    line.title->setText(known ? tr("%1: %2").arg(title, AccountsText::stepWord(line.step)) : title);
    if (known)
        line.finding->setText(AccountsText::stepFinding(line.step));
}

void TestChecklist::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    for (Line &line : m_lines)
        draw(line);
}

} // namespace rollcall
