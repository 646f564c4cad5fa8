// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journalpage.h"

#include "models/exchange/journalexport.h"
#include "models/settings/settings.h"
#include "models/store/journal.h"
#include "models/store/store.h"
#include "models/tables/journalmodel.h"
#include "ui/journal/internal/journalentrydialog.h"
#include "ui/journal/journalfilterbar.h"
#include "ui/parts/banners.h"
#include "ui/parts/emptystate.h"
#include "ui/parts/icons.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/detailwords.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/outcomewords.h"
#include "ui/text/words.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int layoutVersion = 2; // names need more room than numbers did

QString columnTitle(JournalColumn column)
{
    switch (column) {
    case JournalColumn::Number:
        return JournalPage::tr("No.");
    case JournalColumn::At:
        return JournalPage::tr("Time");
    case JournalColumn::Operator:
        return JournalPage::tr("Operator");
    case JournalColumn::Act:
        return JournalPage::tr("What");
    case JournalColumn::Subject:
        return JournalPage::tr("Who or what");
    case JournalColumn::Outcome:
        return JournalPage::tr("Outcome");
    case JournalColumn::Details:
        return JournalPage::tr("Details");
    }
    return {};
}

QString cellText(const JournalEntry &entry, JournalColumn column)
{
    switch (column) {
    case JournalColumn::Number:
        return count(entry.seq);
    case JournalColumn::At:
        return moment(entry.atMs);
    case JournalColumn::Operator:
        return oneLine(entry.operatorName);
    case JournalColumn::Act:
        return OutcomeWords::title(entry);
    case JournalColumn::Subject:
        return OutcomeWords::subject(entry);
    case JournalColumn::Outcome:
        return OutcomeWords::text(entry);
    case JournalColumn::Details:
        if (entry.details.isEmpty() && !entry.digest.isEmpty())
            return JournalPage::tr("erased");
        return DetailWords::text(entry.details);
    }
    return {};
}

} // namespace

JournalPage::JournalPage(JournalNeeds needs, QAction *verifyAction, QWidget *parent)
    : QWidget(parent)
    , m_needs(std::move(needs))
    , m_model(new JournalModel(needs.store, needs.clock, {columnTitle, cellText}, this))
    , m_table(new QTableView(this))
    , m_filters(new JournalFilterBar(needs.store, needs.clock, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("journal"), tr("Nothing noted yet"),
          tr("Every import, edit, validation and account change is written here, with who did it and when."), this))
    , m_banners(new Banners(this))
{
    build(verifyAction);
    connect(verifyAction, &QAction::triggered, this, &JournalPage::verify);
    connect(m_filters, &JournalFilterBar::changed, this, [this] { m_model->setFilter(m_filters->filter()); });
    connect(m_model, &JournalModel::settled, m_filters, &JournalFilterBar::readChoices);
    connect(m_model, &JournalModel::settled, this, &JournalPage::showState);
    connect(m_model, &JournalModel::failed, this, &JournalPage::showProblem);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &JournalPage::countsChanged);
}

JournalPage::~JournalPage()
{
    m_needs.settings.setViewState(QStringLiteral("journal"), layoutVersion, m_table->horizontalHeader()->saveState());
}

void JournalPage::build(QAction *verifyAction)
{
    auto *button = new QPushButton(verifyAction->icon(), verifyAction->text(), this);
    button->setObjectName(QStringLiteral("journal.verify"));
    button->setToolTip(verifyAction->toolTip());
    connect(button, &QPushButton::clicked, verifyAction, &QAction::trigger);
    connect(verifyAction, &QAction::changed, button,
        [button, verifyAction] { button->setEnabled(verifyAction->isEnabled()); });

    auto *write = new QPushButton(icon(QStringLiteral("file")), tr("Export…"), this);
    write->setObjectName(QStringLiteral("journal.export"));
    write->setToolTip(tr("Writes the entries that are shown into a CSV or JSON file."));
    connect(write, &QPushButton::clicked, this, &JournalPage::exportShown);
    m_filters->addAtEnd(write);
    m_filters->addAtEnd(button);

    m_table->setObjectName(QStringLiteral("journal.table"));
    setUpTable(*m_table, tr("Journal"));
    m_table->setModel(m_model);
    m_table->setSortingEnabled(false); // the order is the chain's
    const int widths[] = {60, 150, 100, 180, 210, 220};
    for (int column = 0; column < int(std::size(widths)); ++column)
        m_table->setColumnWidth(column, widths[column]);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const JournalEntry *entry = m_model->entryAt(index.row()))
            showDetails(*entry);
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &JournalPage::showContextMenu);
    m_table->horizontalHeader()->restoreState(m_needs.settings.viewState(QStringLiteral("journal"), layoutVersion));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filters);
    column->addWidget(m_banners);
    column->addSpacing(Space::small);
    column->addWidget(m_stack, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
}

void JournalPage::showDetails(const JournalEntry &entry)
{
    auto *dialog = new JournalEntryDialog(m_needs.store, entry, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &JournalEntryDialog::narrowed, m_filters, &JournalFilterBar::narrow);
    dialog->open();
}

void JournalPage::showContextMenu(const QPoint &at)
{
    const int row = m_table->indexAt(at).row();
    const JournalEntry *entry = row < 0 ? nullptr : m_model->entryAt(row);
    if (!entry)
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("journal.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // A copy: new entries come in on top while the menu is open, and the row is another's then.
    QAction *details = menu->addAction(tr("&Details…"), this, [this, copy = *entry] { showDetails(copy); });
    details->setShortcut(Qt::Key_Return);
    for (const JournalNarrowing &way : narrowings(*entry))
        menu->addAction(QString(way.words).replace(u'&', QStringLiteral("&&")), m_filters,
            [bar = m_filters, way] { bar->narrow(way.to, way.name); });
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void JournalPage::load()
{
    m_model->setFilter(m_filters->filter());
}

void JournalPage::focusSearch()
{
    m_filters->focusSearch();
}

qint64 JournalPage::shownCount() const
{
    return m_model->rowCount();
}

qint64 JournalPage::chosenCount() const
{
    qint64 rows = 0;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        rows += range.height();
    return rows;
}

std::vector<qint64> JournalPage::chosen() const
{
    std::vector<qint64> seqs;
    seqs.reserve(std::size_t(chosenCount()));
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            seqs.push_back(m_model->keyAt(row));
    return seqs;
}

void JournalPage::verify()
{
    m_banners->showBanner(QStringLiteral("chain"), Banners::Kind::Info, tr("Reading the whole journal…"));
    m_verify = m_needs.store.journal().verify([this](Result<ChainReport> report) {
        if (report)
            showReport(*report);
        else
            showProblem(report.failure());
    });
}

void JournalPage::exportShown()
{
    FileWish wish;
    wish.title = tr("Export the journal");
    wish.filter = tr("CSV files (*.csv);;JSON files (*.json)");
    wish.start = QStringLiteral("rollcall-journal.csv");
    m_needs.asks.saveFile(this, wish, [this](const QString &file) {
        if (!file.isEmpty())
            exportTo(file);
    });
}

void JournalPage::exportTo(const QString &file)
{
    const QString key = QStringLiteral("export");
    const bool json = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    const auto show = [this, key](const Progress &progress) {
        if (!m_export.isOpen())
            return;
        const QString sentence = progress.total == 0
            ? tr("Exporting the journal…")
            : tr("Exporting the journal: %1 of %2 entries…").arg(count(progress.done), count(progress.total));
        m_banners->showBanner(key, Banners::Kind::Info, sentence, tr("Cancel"), [this, key] {
            m_export = Call();
            m_banners->remove(key);
            emit told(tr("The export was cancelled. No file was written."));
        });
    };
    const JournalExportWords words{.what = &OutcomeWords::title,
        .whom = [](const JournalEntry &entry) { return OutcomeWords::subject(entry); },
        .result = &OutcomeWords::text,
        .person = [](const JournalSubject &about, qint64 id) { return OutcomeWords::subject(about, id); },
        //: behind the names of the first hundred people, in a cell of a file
        .more = [](qint64 people) { return tr("and %1 more").arg(count(people)); }};
    m_export = exportJournal(m_needs.store, m_model->filter(), json ? JournalFormat::Json : JournalFormat::Csv, words,
        file, show, [this, key, file](const Result<qint64> &written) {
            if (!written)
                return m_banners->showBanner(key, Banners::Kind::Bad, failureSentence(written.failure()), tr("Close"),
                    [this, key] { m_banners->remove(key); });
            m_banners->remove(key);
            emit told(tr("%1 entries written to %2.", nullptr, forPlural(*written)).arg(count(*written), file));
        });
    show({});
}

void JournalPage::showReport(const ChainReport &report)
{
    const QString key = QStringLiteral("chain");
    if (report.sound) {
        const QString sentence
            = tr("The journal is sound: %1 entries, each fits the one before, and the newest is the one last noted.",
                nullptr, forPlural(report.entries))
                  .arg(count(report.entries));
        m_banners->showBanner(key, Banners::Kind::Info, sentence, tr("Close"), [this, key] { m_banners->remove(key); });
        emit told(sentence);
        return;
    }
    //: %1 is the number of an entry, %2 what was found
    const QString where = report.firstBroken > 0
        ? tr("The journal is broken at entry %1: %2.")
              .arg(count(report.firstBroken), Words::chainFinding(report.finding))
        : tr("The journal is broken: %1.").arg(Words::chainFinding(report.finding));
    const QString sentence
        = tr("%1 Nothing was changed by looking. Keep the file as it is and compare it with a backup.").arg(where);
    m_banners->showBanner(key, Banners::Kind::Bad, sentence);
    emit told(sentence);
}

void JournalPage::showProblem(const Failure &failure)
{
    m_banners->showBanner(QStringLiteral("chain"), Banners::Kind::Bad, failureSentence(failure));
}

void JournalPage::showState()
{
    if (m_model->rowCount() == 0 && !m_model->filter().isEmpty())
        m_empty->setWords(
            tr("No entry matches"), tr("Try another word, or choose everything, everybody and any time."));
    else
        m_empty->setWords(tr("Nothing noted yet"),
            tr("Every import, edit, validation and account change is written here, with who did it and when."));
    m_stack->setCurrentWidget(m_model->rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_table);
    emit countsChanged();
}

} // namespace rollcall
