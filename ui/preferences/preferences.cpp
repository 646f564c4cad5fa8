// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferences.h"

#include "models/people/retention.h"
#include "models/settings/settings.h"
#include "ui/parts/countrybox.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int longestName = 100;
constexpr int mostCacheDays = 7; // the gateways themselves keep an answer no longer (vendor page A)
constexpr int widest = 600;
constexpr int spareHeight = 130; // tabs, buttons, margins

QLabel *plainLabel(const QString &text, const char *look, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QLatin1String(look));
    return label;
}

/// A card with a heading and a form in it.
QFormLayout *makeCard(const QString &title, QWidget *parent, QFrame *&card)
{
    card = new QFrame(parent);
    card->setProperty("look", QStringLiteral("card"));
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(Space::medium, Space::medium, Space::medium, Space::medium);
    column->setSpacing(Space::small);
    column->addWidget(plainLabel(title, "heading", card));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(Space::medium);
    form->setVerticalSpacing(Space::small);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    column->addLayout(form);
    return form;
}

void choose(QComboBox &box, const QString &data)
{
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

} // namespace

Preferences::Preferences(Settings &settings, PreferencesNeeds needs, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_needs(std::move(needs))
    , m_tabs(new QTabWidget(this))
    , m_name(new QLineEdit(this))
    , m_country(new CountryBox(tr("None: every number needs its +"), this))
    , m_cacheDays(new QSpinBox(this))
    , m_checkFirst(new QCheckBox(tr("Before sending, check recipients who were &never checked"), this))
    , m_theme(new QComboBox(this))
    , m_language(new QComboBox(this))
    , m_blockOnStop(new QCheckBox(tr("&Block who writes STOP"), this))
    , m_daily(new QCheckBox(tr("Make a backup every &day"), this))
    , m_table(new QTableWidget(0, 3, this))
    , m_said(plainLabel(QString(), "muted", this))
    , m_backUp(new QPushButton(tr("Back up &now…"), this))
    , m_restore(new QPushButton(tr("&Restore…"), this))
    , m_save(new QPushButton(tr("Save"), this))
    , m_retention(nullptr)
{
    setObjectName(QStringLiteral("preferences"));
    setWindowTitle(tr("Preferences"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    auto *general = new QWidget(m_tabs);
    auto *cards = new QVBoxLayout(general);
    cards->setContentsMargins(0, Space::medium, 0, 0);
    cards->setSpacing(Space::medium);
    cards->addWidget(makeWork());
    cards->addWidget(makeLook());
    cards->addStretch();
    m_tabs->setObjectName(QStringLiteral("preferences.tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Kinds of preferences"));
    m_tabs->addTab(general, tr("&General"));
    m_tabs->addTab(makeBackups(), tr("&Backups"));
    m_needs.retention.asks = m_needs.asks;
    m_retention = new RetentionPage(
        retentionRules(m_settings), m_settings.value(Keys::retentionDaily), m_needs.retention, m_tabs);
    m_tabs->addTab(m_retention, tr("&Keeping data"));
    column->addWidget(m_tabs, 1);
    column->addWidget(makeEnd());
    setMinimumWidth(widest);
    // Wrapped labels: the height follows from the width, not from the size hint.
    const int inside = widest - 2 * Space::large;
    resize(widest,
        std::max(cards->totalHeightForWidth(widest), m_retention->layout()->totalHeightForWidth(inside)) + spareHeight);
    connect(m_name, &QLineEdit::textChanged, this, &Preferences::follow);
    follow();
    readBackups();
    m_name->setFocus();
}

Preferences::~Preferences() = default;

void Preferences::showBackups()
{
    m_tabs->setCurrentIndex(1);
    m_table->setFocus();
}

void Preferences::showRetention()
{
    m_tabs->setCurrentWidget(m_retention);
}

QWidget *Preferences::makeWork()
{
    QFrame *card = nullptr;
    QFormLayout *form = makeCard(tr("Work"), this, card);
    m_name->setObjectName(QStringLiteral("preferences.operator"));
    m_name->setMaxLength(longestName);
    m_name->setText(m_settings.value(Keys::operatorName));
    m_name->setPlaceholderText(tr("Written into every journal entry"));
    form->addRow(tr("&Operator name:"), m_name);
    m_country->setObjectName(QStringLiteral("preferences.country"));
    m_country->setRegion(m_settings.value(Keys::defaultRegion));
    form->addRow(tr("Default &country:"), m_country);
    m_cacheDays->setObjectName(QStringLiteral("preferences.cacheDays"));
    m_cacheDays->setRange(1, mostCacheDays);
    m_cacheDays->setValue(m_settings.value(Keys::cacheDays));
    m_cacheDays->setSuffix(tr(" days"));
    form->addRow(tr("&Keep verdicts fresh for:"), m_cacheDays);
    form->addRow(QString(),
        plainLabel(tr("For accounts added from now on; each account has this setting of its own."), "muted", card));
    m_checkFirst->setObjectName(QStringLiteral("preferences.checkFirst"));
    m_checkFirst->setChecked(m_settings.value(Keys::checkBeforeSend));
    m_checkFirst->setToolTip(tr("One live check each, within the budget; the flight plan of a message says how many."));
    form->addRow(QString(), m_checkFirst);
    m_blockOnStop->setObjectName(QStringLiteral("preferences.blockOnStop"));
    m_blockOnStop->setChecked(m_settings.value(Keys::blockOnStop));
    form->addRow(tr("Rule:"), m_blockOnStop);
    form->addRow(QString(),
        plainLabel(tr("Who is found to have written STOP is blocked at the current account without a further question. "
                      "The journal names this rule when it acts."),
            "muted", card));
    return card;
}

QWidget *Preferences::makeLook()
{
    QFrame *card = nullptr;
    QFormLayout *form = makeCard(tr("Look"), this, card);
    m_theme->setObjectName(QStringLiteral("preferences.theme"));
    m_theme->addItem(tr("As the system"), QStringLiteral("system"));
    m_theme->addItem(tr("Light"), QStringLiteral("light"));
    m_theme->addItem(tr("Dark"), QStringLiteral("dark"));
    choose(*m_theme, m_settings.value(Keys::theme));
    form->addRow(tr("&Theme:"), m_theme);
    m_language->setObjectName(QStringLiteral("preferences.language"));
    m_language->addItem(tr("As the system"), QString());
    for (const auto &[code, name] : m_needs.languages)
        m_language->addItem(name, code);
    choose(*m_language, m_settings.value(Keys::language));
    form->addRow(tr("&Language:"), m_language);
    auto *hint = plainLabel(tr("Another language shows from the next start on."), "muted", card);
    hint->setWordWrap(false); // a form gives a wrapped label of one line the height of two
    form->addRow(QString(), hint);
    return card;
}

QWidget *Preferences::makeBackups()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, Space::medium, 0, 0);
    column->setSpacing(Space::small);
    m_daily->setObjectName(QStringLiteral("preferences.daily"));
    m_daily->setChecked(m_settings.value(Keys::dailyBackup));
    column->addWidget(m_daily);
    column->addWidget(plainLabel(
        tr("Three daily backups are kept; those made by hand stay until you remove the file. No backup holds a token."),
        "muted", page));
    makeBackupTable();
    column->addWidget(m_table, 1);
    m_said->setObjectName(QStringLiteral("preferences.said"));
    column->addWidget(m_said);
    m_backUp->setObjectName(QStringLiteral("preferences.backUp"));
    m_backUp->setAutoDefault(false);
    m_restore->setObjectName(QStringLiteral("preferences.restore"));
    m_restore->setAutoDefault(false);
    m_restore->setEnabled(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    row->addWidget(m_backUp);
    row->addWidget(m_restore);
    row->addStretch();
    column->addLayout(row);
    connect(m_backUp, &QPushButton::clicked, this, &Preferences::backUp);
    connect(m_restore, &QPushButton::clicked, this, &Preferences::restoreSelected);
    return page;
}

void Preferences::makeBackupTable()
{
    m_table->setObjectName(QStringLiteral("preferences.backups"));
    m_table->setAccessibleName(tr("Backups"));
    m_table->setProperty("look", QStringLiteral("framed"));
    m_table->setHorizontalHeaderLabels({tr("Made"), tr("Size"), tr("File")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->resizeSection(0, 180);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setItemDelegate(new RowDelegate(m_table));
    m_table->verticalHeader()->setDefaultSectionSize(Space::row);
    m_table->setFocusPolicy(Qt::StrongFocus);
    connect(m_table, &QTableWidget::itemSelectionChanged, this,
        [this] { m_restore->setEnabled(!m_table->selectedItems().isEmpty()); });
}

QWidget *Preferences::makeEnd()
{
    auto *end = new QDialogButtonBox(this); // in the order of the platform, as everywhere
    QPushButton *cancel = end->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    end->addButton(m_save, QDialogButtonBox::AcceptRole);
    cancel->setObjectName(QStringLiteral("preferences.cancel"));
    cancel->setAutoDefault(false);
    m_save->setObjectName(QStringLiteral("preferences.save"));
    m_save->setProperty("look", QStringLiteral("primary"));
    m_save->setDefault(true);
    connect(end, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(end, &QDialogButtonBox::accepted, this, &Preferences::save);
    return end;
}

void Preferences::follow()
{
    const bool named = !m_name->text().trimmed().isEmpty();
    m_save->setEnabled(named);
    m_save->setToolTip(named ? QString() : tr("Enter the operator's name first."));
}

void Preferences::save()
{
    m_settings.setValue(Keys::operatorName, m_name->text().simplified());
    m_settings.setValue(Keys::defaultRegion, m_country->region());
    m_settings.setValue(Keys::cacheDays, m_cacheDays->value());
    m_settings.setValue(Keys::blockOnStop, m_blockOnStop->isChecked());
    m_settings.setValue(Keys::theme, m_theme->currentData().toString());
    m_settings.setValue(Keys::language, m_language->currentData().toString());
    m_settings.setValue(Keys::dailyBackup, m_daily->isChecked());
    setRetentionRules(m_settings, m_retention->rules());
    m_settings.setValue(Keys::retentionDaily, m_retention->daily());
    m_settings.setValue(Keys::checkBeforeSend, m_checkFirst->isChecked());
    if (!m_settings.saved() && m_needs.asks.tell)
        m_needs.asks.tell(this,
            {Notice::Kind::Warning, tr("Preferences not saved"),
                tr("The preferences hold until Rollcall is closed, but they could not be written to the disk."),
                tr("Check that the disk is not full and the profile's folder can be written, then save them again.")});
    else
        accept();
}

void Preferences::readBackups()
{
    if (m_needs.backups)
        m_reading = m_needs.backups([this](const std::vector<BackupFile> &files) { fill(files); });
}

void Preferences::fill(const std::vector<BackupFile> &files)
{
    m_files = files;
    m_table->clearSelection();
    m_table->setRowCount(static_cast<int>(files.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const BackupFile &file = m_files.at(static_cast<std::size_t>(row));
        m_table->setItem(row, 0, new QTableWidgetItem(moment(file.atMs)));
        m_table->setItem(row, 1, new QTableWidgetItem(bytes(file.bytes)));
        m_table->setItem(row, 2, new QTableWidgetItem(QFileInfo(file.path).fileName()));
    }
    if (files.empty() && m_said->text().isEmpty())
        say(tr("No backup was made yet."));
}

void Preferences::backUp()
{
    if (!m_needs.backUp)
        return;
    m_backUp->setEnabled(false);
    say(tr("Making a backup…"));
    m_backingUp = m_needs.backUp([this](const Result<BackupFile> &made) {
        m_backUp->setEnabled(true);
        if (made) {
            say(tr("The backup is made: %1.").arg(QFileInfo((*made).path).fileName()));
            readBackups();
        } else {
            say(failureSentence(made.failure()));
        }
    });
}

void Preferences::restoreSelected()
{
    const int row = m_table->currentRow();
    if (row < 0 || row >= static_cast<int>(m_files.size()) || !m_needs.asks.confirm)
        return;
    const BackupFile file = m_files.at(static_cast<std::size_t>(row));
    Question question;
    question.title = tr("Restore a backup");
    question.text = tr("Go back to the backup of %1?").arg(moment(file.atMs));
    question.details
        = tr("Rollcall closes its data, takes the backup in its place and starts again. What was done since "
             "then is put aside in a file of its own, not deleted; people who said stop since then must be "
             "told to Rollcall again.");
    question.confirm = tr("Restore this backup");
    question.dangerous = true;
    m_needs.asks.confirm(this, question, [this, file](bool yes) {
        if (!yes || !m_needs.restore)
            return;
        m_needs.restore(file.path);
        reject();
    });
}

void Preferences::say(const QString &sentence)
{
    m_said->setText(sentence);
    m_said->setAccessibleDescription(sentence);
}

} // namespace rollcall
