// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blocklistreader.h"

#include "models/base/worker.h"
#include "models/exchange/blocklistfile.h"
#include "models/settings/settings.h"
#include "ui/blocks/blockcommands.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"

#include <QFileInfo>
#include <QWidget>

namespace rollcall {

namespace {

/// What the dialog says of a file besides the numbers that can be blocked.
QStringList remarksOn(const BlockList &list, const QString &name)
{
    QStringList remarks;
    remarks << BlockListReader::tr("%1 numbers from “%2”.", nullptr, forPlural(qint64(list.numbers.size())))
                   .arg(count(qint64(list.numbers.size())), name);
    if (list.repeated > 0)
        remarks << BlockListReader::tr("%1 were repeated and count once.", nullptr, forPlural(list.repeated))
                       .arg(count(list.repeated));
    if (!list.needCountry.isEmpty())
        remarks << BlockListReader::tr("%1 have no country code and are left out: set the default country in the "
                                       "Preferences and open the file again.",
            nullptr, forPlural(list.needCountry.size()))
                       .arg(count(list.needCountry.size()));
    if (!list.notNumbers.isEmpty())
        remarks << BlockListReader::tr(
            "%1 are no phone number and are left out.", nullptr, forPlural(list.notNumbers.size()))
                       .arg(count(list.notNumbers.size()));
    if (list.truncated)
        remarks << BlockListReader::tr("The file is too long: only its first part was read.");
    return remarks;
}

} // namespace

BlockListReader::BlockListReader(BlocksNeeds needs, BlockCommands &commands, QWidget *window)
    : QObject(window)
    , m_needs(std::move(needs))
    , m_commands(commands)
    , m_window(window)
{
}

void BlockListReader::open(AccountId current)
{
    FileWish wish;
    wish.title = tr("Import a block list");
    wish.filter = tr("Lists and texts (*.csv *.json *.tsv *.txt);;All files (*)");
    m_needs.asks.openFile(m_window, wish, [this, current](const QString &file) {
        if (!file.isEmpty())
            read(file, current);
    });
}

void BlockListReader::read(const QString &file, AccountId current)
{
    emit told(tr("Reading the list…"));
    m_read = onWorker<Result<BlockList>>(
        [file, region = m_needs.settings.value(Keys::defaultRegion)] { return readBlockList(file, region); },
        [this, file, current](const Result<BlockList> &list) {
            const QString title = tr("Import block list");
            if (!list)
                return m_needs.asks.tell(m_window, {Notice::Kind::Problem, title, failureSentence(list.failure()), {}});
            const QString name = oneLine(QFileInfo(file).fileName());
            if (list->numbers.empty())
                return m_needs.asks.tell(m_window,
                    {Notice::Kind::Info, title, tr("No phone number was found in “%1”.").arg(name),
                        remarksOn(*list, name).mid(1).join(u' ')});
            emit told({});
            m_commands.blockList(*list, remarksOn(*list, name), current);
        });
}

} // namespace rollcall
