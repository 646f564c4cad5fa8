// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/retentionpage.h"

#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int settleMs = 250;
constexpr int mostMonths = 120;
constexpr int usualMonths = 12;
constexpr int mostUndoDays = 30; // product.md: rejected rows are kept for the undo period

QLabel *plainLabel(const QString &text, const char *look, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QLatin1String(look));
    return label;
}

} // namespace

RetentionPage::RetentionPage(const RetentionRules &rules, bool daily, RetentionNeeds needs, QWidget *parent)
    : QWidget(parent)
    , m_needs(std::move(needs))
    , m_daily(new QCheckBox(tr("Remove what is due every &day, without asking"), this))
    , m_remove(new QPushButton(tr("&Remove now…"), this))
    , m_said(plainLabel(QString(), "muted", this))
{
    using R = RetentionRules;
    using C = RetentionCounts;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, Space::medium, 0, 0);
    column->setSpacing(Space::small);
    column->addWidget(plainLabel(
        tr("What is older than you say may go. Nothing goes by itself unless you tick the last box; every removal is "
           "an "
           "entry in the journal. Backups are not changed: those of every day are replaced after three days."),
        "muted", this));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(Space::medium);
    grid->setVerticalSpacing(Space::tiny);
    grid->setColumnStretch(0, 1);
    column->addLayout(grid);
    addLine(*grid, QStringLiteral("undo"), &R::undoDays, {&C::batches, &C::rejectedRows},
        tr("What undo needs, and rejected rows"), tr("After this time a command cannot be undone any more."),
        rules.undoDays);
    addLine(*grid, QStringLiteral("verdicts"), &R::verdictMonths, {&C::verdicts}, tr("Earlier &verdicts"),
        tr("The newest verdict of a number stays as long as its person."), rules.verdictMonths);
    addLine(*grid, QStringLiteral("runs"), &R::runMonths, {&C::runItems}, tr("&Who was asked in check runs that ended"),
        tr("The runs and their counts stay."), rules.runMonths);
    addLine(*grid, QStringLiteral("told"), &R::toldMonths, {&C::told}, tr("What &gateways told of people"),
        tr("Names, profile names and abouts; they can be asked for again."), rules.toldMonths);
    addLine(*grid, QStringLiteral("messages"), &R::messageMonths, {&C::messages}, tr("What sent &messages said"),
        tr("That they were sent, when, to whom and with what answer stays; they cannot be sent again."),
        rules.messageMonths);
    addLine(*grid, QStringLiteral("leads"), &R::leadMonths, {&C::people}, tr("&People you never had to do with"),
        tr("No consent, message, stop or block; not changed or checked since. Undo brings them back."),
        rules.leadMonths);
    addLine(*grid, QStringLiteral("journal"), &R::journalMonths, {&C::details}, tr("Details of &journal entries"),
        tr("The entries stay, and the chain says that their details were erased."), rules.journalMonths);
    m_daily->setChecked(daily);
    makeEnd(*column);
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMs);
    connect(&m_settle, &QTimer::timeout, this, &RetentionPage::count);
}

RetentionPage::~RetentionPage() = default;

void RetentionPage::addLine(QGridLayout &grid, const QString &name, int RetentionRules::*rule,
    std::vector<qint64 RetentionCounts::*> counts, const QString &words, const QString &hint, int now)
{
    const bool always = rule == &RetentionRules::undoDays;
    Line line{.rule = rule, .counts = std::move(counts)};
    const int row = grid.rowCount();
    QString plain = words;
    plain.remove(u'&');
    line.time = new QSpinBox(this);
    line.time->setObjectName(QStringLiteral("retention.%1.time").arg(name));
    line.time->setAccessibleName(plain);
    line.time->setRange(1, always ? mostUndoDays : mostMonths);
    line.time->setSuffix(always ? tr(" days") : tr(" months"));
    line.time->setValue(always || now > 0 ? now : usualMonths);
    line.due = plainLabel(QString(), "muted", this);
    line.due->setObjectName(QStringLiteral("retention.%1.due").arg(name));
    line.due->setWordWrap(false);
    line.due->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    line.due->setMinimumWidth(line.due->fontMetrics().horizontalAdvance(QStringLiteral("0,000,000 ")));
    if (always) {
        grid.addWidget(plainLabel(words, "", this), row, 0);
    } else {
        line.on = new QCheckBox(words, this);
        line.on->setObjectName(QStringLiteral("retention.%1.on").arg(name));
        line.on->setChecked(now > 0);
        line.time->setEnabled(now > 0);
        grid.addWidget(line.on, row, 0);
        connect(line.on, &QCheckBox::toggled, line.time, &QWidget::setEnabled);
        connect(line.on, &QCheckBox::toggled, this, [this] { count(); });
    }
    grid.addWidget(line.time, row, 1);
    grid.addWidget(line.due, row, 2);
    auto *below = plainLabel(hint, "muted", this);
    below->setContentsMargins(always ? 0 : Space::large, 0, 0, Space::small);
    grid.addWidget(below, row + 1, 0, 1, 3);
    connect(line.time, qOverload<int>(&QSpinBox::valueChanged), this, [this] {
        m_counts.reset();
        m_settle.start();
    });
    m_lines.push_back(std::move(line));
}

void RetentionPage::makeEnd(QVBoxLayout &column)
{
    m_said->setObjectName(QStringLiteral("retention.said"));
    m_daily->setObjectName(QStringLiteral("retention.daily"));
    m_remove->setObjectName(QStringLiteral("retention.remove"));
    m_remove->setAutoDefault(false);
    column.addStretch();
    column.addWidget(m_said);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    row->addWidget(m_daily);
    row->addStretch();
    row->addWidget(m_remove);
    column.addLayout(row);
    m_remove->setEnabled(false);
    connect(m_remove, &QPushButton::clicked, this, &RetentionPage::askAndRemove);
}

RetentionRules RetentionPage::rules() const
{
    RetentionRules rules;
    for (const Line &line : m_lines)
        rules.*line.rule = !line.on || line.on->isChecked() ? line.time->value() : 0;
    return rules;
}

bool RetentionPage::daily() const
{
    return m_daily->isChecked();
}

void RetentionPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!std::exchange(m_counted, true))
        count();
}

void RetentionPage::count()
{
    if (!m_counted || !m_needs.preview)
        return;
    m_settle.stop();
    m_counts.reset();
    m_remove->setEnabled(false);
    say(tr("Counting…"));
    m_preview = m_needs.preview(rules(), [this](const Result<RetentionCounts> &counts) { fill(counts); });
}

void RetentionPage::fill(const Result<RetentionCounts> &counts)
{
    if (!counts) {
        for (const Line &line : m_lines)
            line.due->clear();
        return say(failureSentence(counts.failure()));
    }
    m_counts = *counts;
    for (const Line &line : m_lines) {
        qint64 due = 0;
        for (const auto member : line.counts)
            due += (*counts).*member;
        const bool on = !line.on || line.on->isChecked();
        line.due->setText(
            on ? tr("%1 now", "how many rows a rule would remove now").arg(rollcall::count(due)) : tr("kept"));
    }
    m_remove->setEnabled((*counts).any());
    say((*counts).any() ? tr("Would be removed now: %1.").arg(sentence(*counts))
                        : tr("Nothing is due by these rules."));
}

QString RetentionPage::sentence(const RetentionCounts &counts) const
{
    const auto part = [](const QString &words, qint64 number) {
        return number > 0 ? words.arg(rollcall::count(number)) : QString();
    };
    QStringList parts{part(tr("undo of %1 commands", nullptr, forPlural(counts.batches)), counts.batches),
        part(tr("%1 rejected rows", nullptr, forPlural(counts.rejectedRows)), counts.rejectedRows),
        part(tr("%1 earlier verdicts", nullptr, forPlural(counts.verdicts)), counts.verdicts),
        part(tr("%1 lines of ended runs", nullptr, forPlural(counts.runItems)), counts.runItems),
        part(tr("%1 notes of gateways", nullptr, forPlural(counts.told)), counts.told),
        part(tr("the content of %1 messages", nullptr, forPlural(counts.messages)), counts.messages),
        part(tr("%1 people", nullptr, forPlural(counts.people)), counts.people),
        part(tr("details of %1 journal entries", nullptr, forPlural(counts.details)), counts.details)};
    parts.removeAll(QString());
    return parts.join(tr(", ", "between the parts of a list"));
}

void RetentionPage::askAndRemove()
{
    if (!m_counts || !m_needs.asks.confirm)
        return;
    Question question;
    question.title = tr("Remove what is due");
    question.text = tr("Remove now: %1?").arg(sentence(*m_counts));
    question.details = tr("Apart from people, who can be brought back by Undo for 30 days, this cannot be undone. One "
                          "entry in the journal tells what was removed and by which rules. Backups are not changed.");
    question.confirm = tr("Remove");
    question.dangerous = true;
    m_needs.asks.confirm(this, question, [this](bool yes) {
        if (yes)
            remove();
    });
}

void RetentionPage::remove()
{
    if (!m_needs.apply)
        return;
    m_remove->setEnabled(false);
    say(tr("Removing…"));
    m_removing = m_needs.apply(rules(), [this](const Result<RetentionCounts> &removed) {
        if (!removed) {
            m_remove->setEnabled(true);
            return say(failureSentence(removed.failure()));
        }
        const QString done
            = removed->any() ? tr("Removed: %1.").arg(sentence(*removed)) : tr("Nothing was due any more.");
        for (const Line &line : m_lines)
            line.due->setText(!line.on || line.on->isChecked() ? tr("%1 now").arg(rollcall::count(0)) : tr("kept"));
        m_counts.reset();
        say(done);
    });
}

void RetentionPage::say(const QString &words)
{
    m_said->setText(words);
    m_said->setAccessibleDescription(words);
}

} // namespace rollcall
