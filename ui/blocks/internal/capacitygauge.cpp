// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/internal/capacitygauge.h"

#include "models/store/blocks.h"
#include "models/store/store.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <algorithm>

namespace rollcall {

CapacityGauge::CapacityGauge(Store &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_words(new QLabel(this))
    , m_bar(new QProgressBar(this))
{
    m_words->setObjectName(QStringLiteral("capacity"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setProperty("look", QStringLiteral("muted"));
    m_bar->setObjectName(QStringLiteral("capacityBar"));
    m_bar->setAccessibleName(tr("Room on the gateway's block list"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(120);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    row->addWidget(m_words);
    row->addWidget(m_bar);
    hide();
}

void CapacityGauge::setAccount(const Account *account)
{
    m_account = account ? *account : Account{};
    read();
}

void CapacityGauge::read()
{
    if (m_account.id.isNull()) {
        m_read = Call();
        return hide();
    }
    m_read = m_store.blocks().use(m_account.id, [this](Result<BlockListUse> use) {
        const int most = m_account.capabilities().blockListMost;
        if (!use || (most == 0 && use->readMs == 0))
            return hide();
        if (use->readMs == 0)
            return showUnread(*use, most);
        const QString age = tr("read %1").arg(moment(use->readMs));
        //: the gateway's block list: people on it, of how many at most, when it was read
        m_words->setText(most > 0 ? tr("Block list: %1 of %2, %3").arg(count(use->taken), count(most), age)
                                  : tr("Block list: %1, %2").arg(count(use->taken), age));
        m_bar->setVisible(most > 0);
        if (most > 0) {
            m_bar->setRange(0, most);
            m_bar->setValue(int(std::clamp<qint64>(use->taken, 0, most)));
            m_bar->setAccessibleDescription(m_words->text());
        }
        show();
    });
}

/// How full the gateway's list is, nobody has read yet: what was blocked from here is no count of it.
void CapacityGauge::showUnread(const BlockListUse &use, int most)
{
    m_bar->hide();
    QString words = tr("Block list: never read, it holds %1 people.").arg(count(most));
    if (use.here > 0)
        words += u' '
            + tr("%1 blocks were made from here; Reconcile reads the list.", nullptr, forPlural(use.here))
                  .arg(count(use.here));
    m_words->setText(words);
    show();
}

} // namespace rollcall
