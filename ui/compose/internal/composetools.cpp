// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/composetools.h"

#include "models/settings/settings.h"
#include "ui/compose/internal/cardfiles.h"
#include "ui/compose/internal/templatesdialog.h"
#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QToolButton>

namespace rollcall {

namespace {

constexpr std::size_t mostInMenu = 20; // the rest is in the dialog

/// A name of foreign text as a menu's entry: '&' is no mnemonic, and it is one line.
QString menuText(const QString &foreign)
{
    QString shown = oneLine(foreign.left(60));
    return shown.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

ComposeTools::ComposeTools(const ComposeNeeds &needs, const ComposeActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_needs(needs)
    , m_row(new QHBoxLayout(this))
    , m_draft(new QLabel(this))
{
    m_row->setContentsMargins(Space::small, Space::tiny, Space::medium, Space::tiny);
    m_row->setSpacing(Space::tiny);
    connect(addButton("composeNew", "add", tr("New message"), tr("Begins anew; what is here is thrown away.")),
        &QToolButton::clicked, this, &ComposeTools::newWanted);
    m_templates = addButton("composeTemplates", "tag", tr("Templates"), tr("Messages that are kept to be used again."));
    m_templates->setPopupMode(QToolButton::InstantPopup);
    m_templateMenu = new QMenu(m_templates);
    m_templateMenu->setObjectName(QStringLiteral("templatesMenu"));
    m_templates->setMenu(m_templateMenu);
    connect(m_templateMenu, &QMenu::aboutToShow, this, &ComposeTools::fillTemplates);
    m_save = new QAction(tr("&Save as template…"), this);
    m_save->setObjectName(QStringLiteral("templateSave"));
    connect(m_save, &QAction::triggered, this, &ComposeTools::saveTemplate);
    connect(addButton("cardsOpen", "file", tr("Open cards…"),
                tr("Adds the cards of a .vcf file; files can be dropped here too.")),
        &QToolButton::clicked, this, &ComposeTools::chooseFile);
    connect(addButton("cardsPaste", "add", tr("Paste cards"),
                tr("Adds what is in the clipboard: vCards, the JSON of a message, or lines of name and number.")),
        &QToolButton::clicked, this, [this] { takeText(QGuiApplication::clipboard()->text()); });
    buildExport();
    if (actions.sent) {
        auto *sent = new QToolButton(this);
        sent->setDefaultAction(actions.sent);
        sent->setObjectName(QStringLiteral("composeSent"));
        sent->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        sent->setFocusPolicy(Qt::StrongFocus);
        m_row->addWidget(sent);
    }
    m_row->addStretch();
    m_draft->setObjectName(QStringLiteral("draftState"));
    m_draft->setTextFormat(Qt::PlainText);
    m_draft->setProperty("look", QStringLiteral("muted"));
    m_row->addWidget(m_draft);
    setAnyCards(false);
}

QToolButton *ComposeTools::addButton(const char *name, const char *iconName, const QString &words, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QLatin1String(name));
    button->setIcon(icon(QLatin1String(iconName)));
    button->setText(words);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    m_row->addWidget(button);
    return button;
}

void ComposeTools::buildExport()
{
    m_export = addButton("composeExport", "export", tr("Export"), tr("Writes the cards of this message into a file."));
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_export);
    menu->setObjectName(QStringLiteral("exportMenu"));
    const auto add = [this, menu](const char *name, const QString &words, auto then) {
        QAction *action = menu->addAction(words, this, then);
        action->setObjectName(QLatin1String(name));
    };
    add("exportVcf", tr("As &vCard file…"), [this] { exportTo(true); });
    add("exportJson", tr("As &JSON file…"), [this] { exportTo(false); });
    menu->addSeparator();
    add("copyVcf", tr("&Copy as vCard"), [this] {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(cardsAsVcf(m_composition().cards)));
        emit told(tr("The cards were copied as vCards."));
    });
    m_export->setMenu(menu);
}

void ComposeTools::setWritable(bool writable, const QString &why)
{
    m_templates->setEnabled(writable);
    if (!writable)
        m_templates->setToolTip(why);
}

void ComposeTools::setAnyCards(bool any)
{
    m_export->setEnabled(any);
    m_save->setEnabled(any);
}

void ComposeTools::showDraftState(const QString &words)
{
    m_draft->setText(words);
}

QString ComposeTools::region() const
{
    const Account *account = m_needs.accountOf(m_account);
    return account && !account->region.isEmpty() ? account->region : m_needs.settings.value(Keys::defaultRegion);
}

void ComposeTools::chooseFile()
{
    m_needs.asks.openFile(this, {tr("Open cards"), tr("Cards (*.vcf *.vcard *.json);;All files (*)"), {}, false},
        [this](const QString &path) {
            if (!path.isEmpty())
                openFiles({path});
        });
}

void ComposeTools::openFiles(const QStringList &paths)
{
    m_call = readCardFiles(paths, [this](const Result<CardsRead> &read) { onRead(read, tr("Open cards")); });
}

void ComposeTools::takeText(const QString &text)
{
    if (text.trimmed().isEmpty())
        return emit told(tr("The clipboard holds no text."));
    m_call = readCardText(text, region(), [this](const Result<CardsRead> &read) { onRead(read, tr("Paste cards")); });
}

void ComposeTools::onRead(const Result<CardsRead> &read, const QString &title)
{
    if (!read)
        return fail(title, read.failure());
    emit cardsRead(read->cards);
    QStringList sentences{tr("%1 cards were read.", nullptr, forPlural(qint64(read->cards.size())))
                              .arg(count(qint64(read->cards.size())))};
    if (read->unread > 0)
        sentences << tr("%1 pieces could not be read.", nullptr, forPlural(read->unread)).arg(count(read->unread));
    if (read->leftOut > 0)
        sentences << tr("%1 were left out: a message holds %2.").arg(count(read->leftOut), count(mostCards));
    if (!read->dropped.isEmpty())
        sentences << tr("A card has no room for: %1.").arg(oneLine(read->dropped.join(QStringLiteral(", "))));
    emit told(sentences.join(u' '));
}

void ComposeTools::fillTemplates()
{
    m_templateMenu->clear();
    m_templateMenu->addAction(m_save);
    QAction *manage = m_templateMenu->addAction(tr("&Manage templates…"), this, &ComposeTools::manageTemplates);
    manage->setObjectName(QStringLiteral("templatesManage"));
    m_list = m_needs.drafts.templates([this](Result<std::vector<StoredDraft>> all) {
        if (!all || all->empty())
            return;
        m_templateMenu->addSeparator();
        for (std::size_t i = 0; i < all->size() && i < mostInMenu; ++i) {
            const StoredDraft &one = (*all)[i];
            QAction *use = m_templateMenu->addAction(menuText(one.name), this, [this, id = one.id] { apply(id); });
            use->setObjectName(QStringLiteral("template.%1").arg(one.id.value()));
        }
    });
}

void ComposeTools::apply(DraftId id)
{
    m_call = m_needs.drafts.readTemplate(id, [this](Result<Composition> read) {
        if (!read)
            return fail(tr("Templates"), read.failure());
        emit applied(*read);
    });
}

void ComposeTools::saveTemplate()
{
    Composition kept = m_composition();
    kept.replyTo.clear(); // answers one message, not every later one
    auto *dialog = new TemplateNameDialog(m_needs, kept, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TemplateNameDialog::saved, this,
        [this](const QString &name) { emit told(tr("The template “%1” was saved.").arg(oneLine(name))); });
    dialog->open();
}

void ComposeTools::manageTemplates()
{
    auto *dialog = new TemplatesDialog(m_needs, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TemplatesDialog::applyWanted, this, &ComposeTools::apply);
    connect(dialog, &TemplatesDialog::told, this, &ComposeTools::told);
    dialog->open();
}

void ComposeTools::exportTo(bool vcf)
{
    FileWish wish;
    wish.title = tr("Export the cards");
    wish.filter = vcf ? tr("vCard files (*.vcf);;All files (*)") : tr("JSON files (*.json);;All files (*)");
    wish.start = vcf ? QStringLiteral("cards.vcf") : QStringLiteral("cards.json");
    m_needs.asks.saveFile(this, wish, [this, vcf](const QString &path) {
        if (path.isEmpty())
            return;
        const Composition composition = m_composition();
        const std::vector<Card> &cards = composition.cards;
        const bool hasRecipient = !composition.people.empty() || !composition.numbers.isEmpty();
        const Result<QByteArray> message = vcf ? Result<QByteArray>(cardsAsVcf(cards)) : m_message();
        if (!message && hasRecipient && message.failure().kind != Failure::Kind::Unsupported)
            return fail(tr("Export the cards"), message.failure());
        // Without a recipient it is no message yet, and a gateway that sends no cards has no form for them: then the
        // list alone, as the others have it.
        const QByteArray bytes = message ? *message : cardsAsJson(cards);
        m_call = writeFile(path, bytes, [this, path](const Done &done) {
            if (!done)
                return fail(tr("Export the cards"), done.failure());
            emit told(tr("The cards were written to %1.").arg(oneLine(path)));
        });
    });
}

void ComposeTools::fail(const QString &title, const Failure &failure)
{
    m_needs.asks.tell(window(), {Notice::Kind::Problem, title, failureSentence(failure), {}});
}

} // namespace rollcall
