// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/templatesdialog.h"

#include "models/store/store.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int longestName = 100;

} // namespace

TemplateNameDialog::TemplateNameDialog(
    const ComposeNeeds &needs, Composition composition, QWidget *parent, const QString &name, DraftId replaces)
    : QDialog(parent)
    , m_needs(needs)
    , m_composition(std::move(composition))
    , m_replaces(replaces)
    , m_name(new QLineEdit(name, this))
    , m_problem(plainLabel(this, "problem", "problem"))
{
    setObjectName(QStringLiteral("templateName"));
    setWindowTitle(replaces.isNull() ? tr("Save as template") : tr("Rename the template"));
    setMinimumWidth(420);
    auto *label = new QLabel(tr("&Name of the template"), this);
    label->setBuddy(m_name);
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setMaxLength(longestName);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(replaces.isNull() ? tr("Save") : tr("Rename"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("save"));
    m_save->setDefault(true);
    m_save->setEnabled(!name.trimmed().isEmpty());
    connect(m_name, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_save->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &TemplateNameDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->addWidget(label);
    column->addWidget(m_name);
    if (replaces.isNull())
        column->addWidget(plainLabel(this, tr("Kept are the cards and the recipients, as they are now."), "muted"));
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
}

void TemplateNameDialog::save()
{
    m_save->setEnabled(false);
    const QString name = m_name->text().trimmed();
    const auto then = [this, name](const Result<DraftId> &id) {
        m_save->setEnabled(true);
        if (!id) {
            m_problem->setText(id.failure().kind == Failure::Kind::BadInput
                    ? tr("Another template has this name. Choose another one.")
                    : failureSentence(id.failure()));
            return m_problem->show();
        }
        emit saved(name);
        accept();
    };
    if (m_replaces.isNull()) {
        m_call = m_needs.drafts.saveTemplate(name, m_composition, then);
        return;
    }
    m_call = m_needs.store.drafts().read(m_replaces, [this, name, then](Result<StoredDraft> old) {
        if (!old)
            return then(old.failure());
        StoredDraft renamed = *std::move(old);
        renamed.name = name;
        m_call = m_needs.store.drafts().save(renamed, then);
    });
}

TemplatesDialog::TemplatesDialog(const ComposeNeeds &needs, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_list(new QListWidget(this))
    , m_problem(plainLabel(this, "problem", "muted"))
{
    setObjectName(QStringLiteral("templates"));
    setWindowTitle(tr("Templates"));
    setMinimumSize(460, 360);
    m_list->setObjectName(QStringLiteral("templateList"));
    m_list->setAccessibleName(tr("Templates"));
    m_list->setProperty("look", QStringLiteral("framed"));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->addWidget(m_list, 1);
    column->addWidget(m_problem);
    buildButtons(*column);
    connect(m_list, &QListWidget::currentRowChanged, this, &TemplatesDialog::showButtons);
    connect(m_list, &QListWidget::itemActivated, m_use, &QPushButton::click);
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & Change::DraftsChanged) != 0)
            read();
    });
    read();
}

void TemplatesDialog::buildButtons(QBoxLayout &column)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [this, buttons](const char *name, const QString &words, auto then) {
        auto *button = buttons->addButton(words, QDialogButtonBox::ActionRole);
        button->setObjectName(QLatin1String(name));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, then);
        return button;
    };
    m_use = add("use", tr("Use"), [this] {
        emit applyWanted(current());
        accept();
    });
    m_rename = add("rename", tr("Rename…"), [this] { rename(); });
    m_delete = add("delete", tr("Delete"), [this] { remove(); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column.addWidget(buttons);
}

DraftId TemplatesDialog::current() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? DraftId(item->data(Qt::UserRole).toLongLong()) : DraftId();
}

void TemplatesDialog::read()
{
    m_read = m_needs.drafts.templates([this](Result<std::vector<StoredDraft>> all) {
        const int row = m_list->currentRow();
        m_list->clear();
        if (!all) {
            m_problem->setText(failureSentence(all.failure()));
            return showButtons();
        }
        for (const StoredDraft &one : *all) {
            //: a template in a list: %1 its name, %2 how many cards
            auto *item = new QListWidgetItem(
                tr("%1 – %2 cards", nullptr, forPlural(one.cardCount)).arg(oneLine(one.name), count(one.cardCount)),
                m_list);
            item->setData(Qt::UserRole, one.id.value());
            item->setData(Qt::UserRole + 1, one.name);
        }
        m_problem->setText(
            all->empty() ? tr("There is no template yet: write a message and choose “Save as template…”.") : QString());
        m_list->setCurrentRow(std::clamp(row, 0, std::max(0, m_list->count() - 1)));
        showButtons();
    });
}

void TemplatesDialog::showButtons()
{
    for (QPushButton *button : {m_use, m_rename, m_delete})
        button->setEnabled(m_list->currentItem() != nullptr);
    m_problem->setVisible(!m_problem->text().isEmpty());
}

void TemplatesDialog::rename()
{
    auto *dialog = new TemplateNameDialog(
        m_needs, {}, this, m_list->currentItem()->data(Qt::UserRole + 1).toString(), current());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void TemplatesDialog::remove()
{
    Question question;
    question.title = tr("Delete the template");
    question.text
        = tr("Delete the template “%1”?").arg(oneLine(m_list->currentItem()->data(Qt::UserRole + 1).toString()));
    question.details = tr("What was sent with it stays in the history.");
    question.confirm = tr("Delete");
    question.dangerous = true;
    m_needs.asks.confirm(this, question, [this, id = current()](bool yes) {
        if (!yes)
            return;
        m_call = m_needs.drafts.removeTemplate(id, [this](const Done &done) {
            emit told(done ? tr("The template was deleted.") : failureSentence(done.failure()));
            read();
        });
    });
}

} // namespace rollcall
