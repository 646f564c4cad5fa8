// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/ids.h"
#include "ui/blocks/blocksneeds.h"

#include <QObject>

class QWidget;

namespace rollcall {

class BlockCommands;

/// Import block list…: asks for a file, reads its numbers aside, and hands them to Block… as if they had been chosen.
class BlockListReader final : public QObject {
    Q_OBJECT
public:
    /// `window`: parent of the dialogs.
    BlockListReader(BlocksNeeds needs, BlockCommands &commands, QWidget *window);
    void open(AccountId current);
    void read(const QString &file, AccountId current);

signals:
    void told(const QString &sentence); ///< for the status line

private:
    BlocksNeeds m_needs;
    BlockCommands &m_commands;
    QWidget *m_window;
    Call m_read;
};

} // namespace rollcall
