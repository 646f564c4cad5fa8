// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/gatewayview.h"

#include "models/people/lookup.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/parts/wraplabel.h"
#include "ui/text/age.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int photoSize = 160;

WrapLabel *label(QWidget *parent, const char *name, const char *look)
{
    auto *made = new WrapLabel(parent);
    made->setObjectName(QLatin1String(name));
    made->setProperty("look", QString::fromLatin1(look));
    return made;
}

} // namespace

GatewayView::GatewayView(PersonLookup *lookup, AccountOf accountOf, QWidget *parent)
    : QWidget(parent)
    , m_lookup(lookup)
    , m_accountOf(std::move(accountOf))
    , m_facts(new FieldList(this))
    , m_photo(new QLabel(this))
    , m_lookUp(new QPushButton(tr("Look up details"), this))
    , m_showPhoto(new QPushButton(tr("Show photo"), this))
    , m_hint(label(this, "gatewayHint", "muted"))
    , m_said(label(this, "gatewaySaid", ""))
{
    setObjectName(QStringLiteral("fromGateway"));
    auto *title = label(this, "gatewayTitle", "heading");
    title->setWords(tr("From the gateway"));
    m_facts->setObjectName(QStringLiteral("gatewayFacts"));
    m_photo->setObjectName(QStringLiteral("photo"));
    m_photo->setTextFormat(Qt::PlainText);
    m_photo->hide();
    m_lookUp->setObjectName(QStringLiteral("lookUp"));
    m_showPhoto->setObjectName(QStringLiteral("showPhoto"));
    connect(m_lookUp, &QPushButton::clicked, this, &GatewayView::lookUp);
    connect(m_showPhoto, &QPushButton::clicked, this, &GatewayView::showPhoto);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Space::small);
    buttons->addWidget(m_lookUp);
    buttons->addWidget(m_showPhoto);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::small);
    column->addWidget(title);
    column->addWidget(m_facts);
    column->addWidget(m_photo, 0, Qt::AlignLeft);
    column->addLayout(buttons);
    column->addWidget(m_hint);
    column->addWidget(m_said);
    say({});
}

void GatewayView::setPerson(const PersonDetails &details, AccountId account)
{
    if (details.row.id != m_person || account != m_account) {
        m_call = Call();
        m_busy = false;
        m_photo->clear();
        m_photo->hide();
        say({});
    }
    m_person = details.row.id;
    m_account = account;
    showTold(details.told);
    updateButtons();
}

void GatewayView::showTold(const std::vector<GatewayNote> &told)
{
    m_facts->clear();
    for (const GatewayNote &note : told) {
        const Account *account = m_accountOf(note.account);
        m_facts->add(tr("Told by"), account ? oneLine(Words::account(*account)) : tr("an account that was removed"));
        m_facts->add(tr("Profile name"), oneLine(note.profileName));
        m_facts->add(tr("About"), oneLine(note.about));
        m_facts->add(tr("Saved as"), oneLine(note.name));
        m_facts->add(tr("Chat id"), oneLine(note.chatId));
        m_facts->add(tr("LID"), oneLine(note.lid));
        m_facts->add(tr("On the phone"), note.saved ? tr("in its address book") : tr("not in its address book"));
        m_facts->add(tr("Told"), moment(note.atMs));
    }
    m_facts->setVisible(!m_facts->isEmpty());
}

void GatewayView::updateButtons()
{
    const Account *account = m_lookup ? m_accountOf(m_account) : nullptr;
    const auto offer = [&](QPushButton *button, Capability what) {
        const QString why = account ? CapabilityWords::whyNot(*account, what) : tr("Choose an account first.");
        button->setEnabled(why.isEmpty() && !m_busy);
        button->setToolTip(plainTip(why));
        button->setAccessibleDescription(why);
        return why;
    };
    const QString why = offer(m_lookUp, Capability::Details);
    const QString whyNoPhoto = offer(m_showPhoto, Capability::Photo);
    const bool any = why.isEmpty() || whyNoPhoto.isEmpty();
    //: %1 is an account's name
    m_hint->setWords(any && account ? tr("Asks “%1” about this person. No check is spent and nothing is sent to them.")
                                          .arg(oneLine(account->name))
                                    : why);
}

void GatewayView::say(const QString &sentence)
{
    m_said->setWords(sentence);
    m_said->setVisible(!sentence.isEmpty());
}

QString GatewayView::sentence(const Failure &failure) const
{
    const Account *account = m_accountOf(m_account);
    return account ? failureSentence(failure, account->kind) : failureSentence(failure);
}

void GatewayView::lookUp()
{
    m_busy = true;
    say(tr("Asking the gateway…"));
    updateButtons();
    m_call = m_lookup->details(m_person, m_account, [this](const Done &done) {
        m_busy = false;
        updateButtons();
        say(done ? tr("Looked up just now. What is not shown is hidden by the person, or there is none.")
                 : sentence(done.failure()));
    });
}

void GatewayView::showPhoto()
{
    m_busy = true;
    say(tr("Asking for the photo…"));
    updateButtons();
    m_call = m_lookup->photo(m_person, m_account, [this](const Result<PhotoFound> &found) {
        m_busy = false;
        updateButtons();
        onPhoto(found);
    });
}

void GatewayView::onPhoto(const Result<PhotoFound> &found)
{
    m_photo->hide();
    if (!found) {
        switch (found.failure().kind) {
        case Failure::Kind::BadInput:
            return say(tr("What came is no picture that can be shown. Nothing was kept. Try again later."));
        case Failure::Kind::TooLarge:
            return say(tr("The photo is larger than 15 MB or than a screen can show. Nothing was kept."));
        case Failure::Kind::NotFound:
            return say(
                tr("The photo's link is no longer valid. Nothing was kept. Show the photo again for a new link."));
        default:
            return say(sentence(found.failure()));
        }
    }
    if (found->hidden())
        return say(tr("The photo is hidden by the person, or there is none."));
    const double scale = devicePixelRatioF();
    QPixmap picture = QPixmap::fromImage(found->image.scaled(
        int(photoSize * scale), int(photoSize * scale), Qt::KeepAspectRatio, Qt::SmoothTransformation));
    picture.setDevicePixelRatio(scale);
    m_photo->setPixmap(picture);
    m_photo->setAccessibleName(tr("Photo of this person"));
    m_photo->show();
    say(tr("Shown now, not kept."));
}

} // namespace rollcall
