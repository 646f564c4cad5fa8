// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/findstopsdialog.h"

#include "models/formats/numbersintext.h"
#include "models/store/consents.h"
#include "models/store/store.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/pasteedit.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr qsizetype mostShown = 1'000; // of a quote, in its cell; it is kept whole

QLabel *plain(QWidget *parent, const QString &words, const char *look)
{
    auto *label = new QLabel(words, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    return label;
}

} // namespace

FindStopsDialog::FindStopsDialog(Store &store, const QString &region, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_region(region)
    , m_text(new PasteEdit(this))
    , m_table(new QTableWidget(0, 4, this))
    , m_source(new QLineEdit(tr("chat"), this))
    , m_block(new QCheckBox(this))
    , m_summary(plain(this, tr("Nothing is recorded before you say so."), "muted"))
{
    setObjectName(QStringLiteral("findStopsDialog"));
    setWindowTitle(tr("Find STOP in a text"));
    resize(760, 600);
    build();
    follow();
}

FindStopsDialog::~FindStopsDialog() = default;

void FindStopsDialog::build()
{
    m_text->setObjectName(QStringLiteral("findStops.text"));
    m_text->setAccessibleName(tr("Pasted chat or inbox"));
    m_text->setPlaceholderText(
        tr("Paste a chat export or an inbox here: one message a line, the sender's number in front."));
    m_text->setTabChangesFocus(true);
    m_table->setObjectName(QStringLiteral("findStops.table"));
    m_table->setAccessibleName(tr("Messages that ask to stop"));
    m_table->setHorizontalHeaderLabels({tr("Message"), tr("From"), tr("Number"), tr("Found")});
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    const int widths[] = {280, 140, 140};
    for (int column = 0; column < int(std::size(widths)); ++column)
        m_table->setColumnWidth(column, widths[column]);
    m_source->setObjectName(QStringLiteral("findStops.source"));
    m_source->setAccessibleName(tr("Source"));
    m_source->setMaxLength(500);
    m_block->setObjectName(QStringLiteral("findStops.block"));
    m_block->hide();
    m_find = new QPushButton(tr("&Find"), this);
    m_find->setObjectName(QStringLiteral("findStops.find"));
    m_find->setAutoDefault(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_record = buttons->addButton(tr("Record opt-outs"), QDialogButtonBox::AcceptRole);
    m_record->setObjectName(QStringLiteral("findStops.record"));
    connect(m_find, &QPushButton::clicked, this, &FindStopsDialog::look);
    connect(m_text, &QPlainTextEdit::textChanged, this, &FindStopsDialog::follow);
    connect(m_source, &QLineEdit::textChanged, this, &FindStopsDialog::follow);
    connect(m_table, &QTableWidget::itemChanged, this, &FindStopsDialog::follow);
    connect(buttons, &QDialogButtonBox::accepted, this, &FindStopsDialog::record);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *form = new QFormLayout;
    form->addRow(tr("&Source"), m_source);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(m_text, 1);
    column->addWidget(m_find, 0, Qt::AlignLeft);
    column->addWidget(m_table, 2);
    column->addWidget(m_summary);
    column->addLayout(form);
    column->addWidget(m_block);
    column->addWidget(buttons);
}

void FindStopsDialog::offerBlock(const QString &account, bool byRule)
{
    const QString name = QString(account).replace(u'&', QStringLiteral("&&"));
    m_block->setText(byRule
            ? tr("The rule “block who writes STOP” blocks them at “%1”, and the journal names it").arg(name)
            : tr("Also &block them on WhatsApp at “%1”: the flight plan follows").arg(name));
    m_block->setChecked(byRule);
    m_block->setEnabled(!byRule);
    m_block->show();
}

void FindStopsDialog::look()
{
    m_find->setEnabled(false);
    m_pool.start([this, text = m_text->toPlainText(), region = m_region] { // reading: not on the GUI thread
        std::vector<Found> found;
        for (const StopMention &mention : stopsInText(text)) {
            const NumbersInText numbers = findNumbers(mention.sender, region);
            found.push_back({mention, numbers.ready.empty() ? PhoneNumber() : numbers.ready.front()});
        }
        QMetaObject::invokeMethod(
            this, [this, found = std::move(found)] { show(found); }, Qt::QueuedConnection);
    });
}

void FindStopsDialog::show(std::vector<Found> found)
{
    const QSignalBlocker silent(m_table);
    m_found = std::move(found);
    m_table->setRowCount(int(m_found.size()));
    for (int row = 0; row < int(m_found.size()); ++row) {
        const Found &one = m_found[size_t(row)];
        const bool known = one.number.hasE164();
        auto *quote = new QTableWidgetItem(oneLine(one.mention.quote.left(mostShown)));
        if (known) {
            quote->setFlags(quote->flags() | Qt::ItemIsUserCheckable);
            quote->setCheckState(one.mention.word.whole ? Qt::Checked : Qt::Unchecked);
        }
        m_table->setItem(row, 0, quote);
        m_table->setItem(row, 1, new QTableWidgetItem(oneLine(one.mention.sender)));
        m_table->setItem(row, 2,
            new QTableWidgetItem(known ? numberText(one.number.e164Text()) : tr("none: use Opt-out… for the person")));
        m_table->setItem(row, 3,
            new QTableWidgetItem(one.mention.word.whole
                    ? tr("“%1”").arg(one.mention.word.phrase)
                    : tr("“%1” in a sentence: is it meant?").arg(one.mention.word.phrase)));
    }
    QString summary = m_found.empty()
        ? tr("No message asks to stop.")
        : tr("%1 messages may ask to stop. Tick those that do.", nullptr, forPlural(qint64(m_found.size())))
              .arg(count(qint64(m_found.size())));
    if (m_text->document()->characterCount() > mostStopText)
        summary += u' '
            + tr("Only the first %1 characters were read: paste the rest afterwards.").arg(count(qint64(mostStopText)));
    m_summary->setText(summary);
    follow();
}

std::vector<int> FindStopsDialog::ticked() const
{
    std::vector<int> rows;
    for (int row = 0; row < m_table->rowCount(); ++row)
        if (const QTableWidgetItem *item = m_table->item(row, 0); item && item->checkState() == Qt::Checked)
            rows.push_back(row);
    return rows;
}

void FindStopsDialog::follow()
{
    const auto number = qint64(ticked().size());
    m_find->setEnabled(!m_text->document()->isEmpty());
    m_record->setText(
        number == 0 ? tr("Record opt-outs") : tr("Record %1 opt-outs", nullptr, forPlural(number)).arg(count(number)));
    roomForBold(*m_record);
    m_record->setEnabled(number > 0 && !m_source->text().trimmed().isEmpty());
    if (number > 0)
        m_record->setDefault(true);
}

void FindStopsDialog::record()
{
    std::vector<Consents::Quote> quotes;
    std::vector<PhoneNumber> numbers;
    for (const int row : ticked()) {
        numbers.push_back(m_found[size_t(row)].number);
        quotes.push_back({.alias = numbers.back().key(), .wording = m_found[size_t(row)].mention.quote});
    }
    m_record->setEnabled(false);
    const auto number = qint64(quotes.size());
    m_call = m_store.consents().optOut(
        quotes, m_source->text().trimmed(), [this, number, numbers](const Result<qint64> &people) {
            if (!people) {
                m_summary->setText(failureSentence(people.failure()));
                return follow();
            }
            emit told(
                tr("%1 numbers are do-not-contact now; the quotes are kept with %2 people.", nullptr, forPlural(number))
                    .arg(count(number), count(*people)));
            emit stopsRecorded(numbers, m_block->isChecked());
            accept();
        });
}

} // namespace rollcall
