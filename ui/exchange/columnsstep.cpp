// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/columnsstep.h"

#include "ui/exchange/importwords.h"
#include "ui/exchange/previewmodel.h"
#include "ui/exchange/stepparts.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

// A combo box a column; who has more columns than this names the wanted ones in the file.
constexpr std::size_t offeredColumns = 100;

QString firstFilled(const CsvSample &sample, qsizetype column)
{
    for (const CsvRow &row : sample.rows) {
        if (const QString cell = oneLine(row.fields.value(column).trimmed()); !cell.isEmpty())
            return cell.size() > 24 ? cell.left(23) + u'…' : cell;
    }
    return {};
}

void setWheelQuiet(QComboBox *combo)
{
    // A wheel over a scrolled form must not change an answer in passing.
    combo->setFocusPolicy(Qt::StrongFocus);
    // The form is as wide as its half of the page, not as the longest answer.
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(12);
}

} // namespace

ColumnsStep::ColumnsStep(QWidget *parent)
    : QWidget(parent)
    , m_guess(stepLabel(this, "formatGuess", "muted"))
    , m_phones(stepLabel(this, "otherPhones", "warning"))
    , m_encoding(new QComboBox(this))
    , m_delimiter(new QComboBox(this))
    , m_firstLine(new QSpinBox(this))
    , m_header(new QCheckBox(tr("&Header row"), this))
    , m_columnBox(new QWidget(this))
    , m_columnForm(new QFormLayout(m_columnBox))
    , m_model(new PreviewModel(this))
    , m_preview(new QTableView(this))
{
    m_preview->setObjectName(QStringLiteral("importPreview"));
    m_preview->setAccessibleName(tr("Import preview"));
    m_preview->setProperty("look", QStringLiteral("framed"));
    m_preview->setModel(m_model);
    m_preview->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_preview->setWordWrap(false);
    m_preview->setShowGrid(false);
    m_preview->setItemDelegate(new RowDelegate(m_preview)); // as far in as the headings
    m_preview->setTabKeyNavigation(false);
    m_preview->verticalHeader()->setDefaultSectionSize(Space::row);
    m_preview->verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_preview->verticalHeader()->setToolTip(tr("Line of the file"));
    m_preview->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_preview->horizontalHeader()->setDefaultSectionSize(190);
    // Two lines: the column's name in the file, and what it is taken for.
    m_preview->horizontalHeader()->setMinimumHeight(2 * fontMetrics().lineSpacing() + 2 * Space::small);

    auto *left = new QVBoxLayout;
    left->setSpacing(Space::medium);
    left->addWidget(buildFormat());
    left->addWidget(buildColumns(), 1);
    auto *both = new QHBoxLayout;
    both->setSpacing(Space::medium);
    both->addLayout(left, 2);
    both->addWidget(m_preview, 3);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::small);
    column->addWidget(stepLabel(this, "columnsTitle", "title", tr("What is in the columns?")));
    column->addWidget(m_guess);
    column->addWidget(m_phones);
    column->addLayout(both, 1);
}

QWidget *ColumnsStep::buildFormat()
{
    auto *box = new QWidget(this);
    m_formatBox = box;
    m_encoding->setObjectName(QStringLiteral("encoding"));
    m_delimiter->setObjectName(QStringLiteral("delimiter"));
    m_firstLine->setObjectName(QStringLiteral("firstLine"));
    m_header->setObjectName(QStringLiteral("header"));
    m_firstLine->setRange(1, 1'000'000);
    m_firstLine->setKeyboardTracking(false);
    auto *form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(Space::small);
    form->addRow(tr("&Encoding"), m_encoding);
    form->addRow(tr("&Delimiter"), m_delimiter);
    form->addRow(tr("First &line"), m_firstLine);
    form->addRow(QString(), m_header);
    const auto wanted = [this](bool replace) {
        if (!m_filling)
            emit formatWanted(format(), replace);
    };
    connect(m_encoding, &QComboBox::currentIndexChanged, this, [wanted] { wanted(true); });
    connect(m_delimiter, &QComboBox::currentIndexChanged, this, [wanted] { wanted(true); });
    connect(m_firstLine, &QSpinBox::valueChanged, this, [wanted] { wanted(false); });
    connect(m_header, &QCheckBox::toggled, this, [wanted] { wanted(false); });
    return box;
}

QWidget *ColumnsStep::buildColumns()
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_columnBox);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_columnForm->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_columnForm->setContentsMargins(0, 0, Space::small, 0);
    m_columnForm->setVerticalSpacing(Space::small);
    return scroll;
}

void ColumnsStep::showLook(const FileLook &look)
{
    m_look = look;
    m_columns = look.columns;
    fillFormat();
    fillColumns();
}

void ColumnsStep::showAgain(const FileLook &look)
{
    m_look.sample = look.sample;
    m_look.guess.format = look.guess.format;
    m_columns = look.columns;
    fillFormat();
    fillColumns();
}

/// A file of vCards says itself how it is to be read.
void ColumnsStep::fillCards()
{
    m_guess->setText(
        tr("%1 of contact cards (vCard). Each number of a card is a row of its own, under the card's name.")
            .arg(bytes(m_look.guess.bytes)));
}

void ColumnsStep::fillFormat()
{
    const CsvGuess &guess = m_look.guess;
    m_formatBox->setVisible(!guess.format.cards);
    if (guess.format.cards)
        return fillCards();
    m_filling = true;
    if (m_encoding->count() == 0
        || m_look.guess.encodings != m_encoding->property("offered").value<QList<QByteArray>>()) {
        m_encoding->clear();
        m_delimiter->clear();
        for (const QByteArray &encoding : guess.encodings)
            m_encoding->addItem(ImportWords::encoding(encoding), encoding);
        for (const char delimiter : guess.delimiters)
            m_delimiter->addItem(ImportWords::delimiter(delimiter), QChar(QLatin1Char(delimiter)));
        m_encoding->setProperty("offered", QVariant::fromValue(guess.encodings));
    }
    m_encoding->setCurrentIndex(std::max(0, m_encoding->findData(guess.format.encoding)));
    m_delimiter->setCurrentIndex(std::max(0, m_delimiter->findData(QChar(QLatin1Char(guess.format.delimiter)))));
    m_firstLine->setValue(int(std::min<qint64>(guess.format.firstLine, m_firstLine->maximum())));
    m_header->setChecked(guess.format.header);
    QString words = guess.bom
        ? tr("%1, %2. The encoding is written in the file; the rest is a guess: compare it with the preview.")
        : tr("%1, %2. All of this is a guess: compare it with the preview.");
    words = words.arg(bytes(guess.bytes), ImportWords::delimiter(guess.format.delimiter));
    if (guess.brokenBytes > 0)
        words += u' '
            + tr("Places in the file that are no text in this encoding: %1; such rows are rejected.")
                  .arg(count(guess.brokenBytes));
    m_guess->setText(words);
    m_filling = false;
}

void ColumnsStep::fillColumns()
{
    m_filling = true;
    while (m_columnForm->rowCount() > 0)
        m_columnForm->removeRow(0);
    m_fields.clear();
    const std::size_t shown = std::min(m_columns.size(), offeredColumns);
    for (std::size_t i = 0; i < shown; ++i) {
        auto *combo = new QComboBox(m_columnBox);
        combo->setObjectName(QStringLiteral("column%1").arg(i + 1));
        setWheelQuiet(combo);
        for (const ImportField field : offeredFields())
            combo->addItem(ImportWords::field(field), int(field));
        combo->setCurrentIndex(combo->findData(int(m_columns[i])));
        const QString name = nameOf(i);
        const QString example = firstFilled(m_look.sample, qsizetype(i));
        auto *label = new QLabel(example.isEmpty() ? name : tr("%1\n%2").arg(name, example), m_columnBox);
        label->setTextFormat(Qt::PlainText);
        label->setBuddy(combo);
        // The buddy label shows an example too; the name of the control is the column's alone.
        combo->setAccessibleName(name);
        m_columnForm->addRow(label, combo);
        m_fields.push_back(combo);
        connect(combo, &QComboBox::currentIndexChanged, this,
            [this, i, combo] { setColumn(i, ImportField(combo->currentData().toInt())); });
    }
    m_model->show(m_look.sample, m_columns);
    showOtherPhones();
    m_filling = false;
    emit changed();
}

void ColumnsStep::setColumn(std::size_t column, ImportField field)
{
    m_columns[column] = field;
    m_model->setColumns(m_columns);
    showOtherPhones();
    emit changed();
}

QString ColumnsStep::nameOf(std::size_t column) const
{
    const QString head = oneLine(m_look.sample.header.value(qsizetype(column)).trimmed());
    return head.isEmpty() ? tr("Column %1").arg(column + 1) : head.left(40);
}

QString ColumnsStep::otherPhones() const
{
    const auto phone = std::find(m_columns.begin(), m_columns.end(), ImportField::Phone);
    if (phone == m_columns.end())
        return {};
    QStringList others;
    for (const std::size_t column : otherPhoneColumns(m_look.sample, m_columns))
        others << tr("“%1”").arg(nameOf(column));
    if (others.isEmpty())
        return {};
    //: %1 how many columns, %2 the one that is imported, %3 those that are not
    return tr("%1 columns look like phone numbers: only “%2” is imported, not %3.")
        .arg(others.size() + 1)
        .arg(nameOf(std::size_t(phone - m_columns.begin())), others.join(QStringLiteral(", ")));
}

void ColumnsStep::showOtherPhones()
{
    const QString sentence = otherPhones();
    m_phones->setText(sentence);
    m_phones->setVisible(!sentence.isEmpty());
}

CsvFormat ColumnsStep::format() const
{
    if (m_look.guess.format.cards)
        return m_look.guess.format;
    CsvFormat format;
    format.encoding = m_encoding->currentData().toByteArray();
    format.delimiter = m_delimiter->currentData().toChar().toLatin1();
    format.firstLine = m_firstLine->value();
    format.header = m_header->isChecked();
    return format;
}

QString ColumnsStep::problem() const
{
    switch (problemOf(m_columns)) {
    case ColumnProblem::None:
        return {};
    case ColumnProblem::NoPhone:
        return tr("No column holds the phone numbers yet: choose “Phone number” for one of them.");
    case ColumnProblem::Twice:
        return tr("Two columns are taken for the same: choose something else for one of them.");
    }
    return {};
}

} // namespace rollcall
