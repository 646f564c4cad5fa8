// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cards/recipients.h"
#include "models/cards/senddesk.h"

#include <QAbstractListModel>

namespace rollcall {

/// Who is to get the message: people first, then numbers; each with the state it has at the account.
class RecipientsModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        StateRole = Qt::UserRole + 1, ///< the words behind the name
    };
    explicit RecipientsModel(std::function<qint64()> nowMs, QObject *parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] const Recipients &recipients() const { return m_recipients; }
    void setRecipients(Recipients recipients);
    /// Each once; answers how many were there already.
    int add(const std::vector<PersonId> &people, const std::vector<PhoneNumber> &numbers);
    void remove(int row);
    void clear() { setRecipients({}); }
    /// What the store says of them, in their order; another number of lines is of another question and passed over.
    void setLines(std::vector<RecipientLine> lines);
    [[nodiscard]] const RecipientLine *line(int row) const; ///< null = not read yet
    [[nodiscard]] const RecipientLine *firstSentTo() const; ///< null = nobody, or not read yet
    [[nodiscard]] int sentTo() const; ///< how many; 0 as long as they are not read
    [[nodiscard]] bool isRead() const { return int(m_lines.size()) == rowCount(); }

signals:
    void edited(); ///< others than before

private:
    [[nodiscard]] QString name(int row) const;
    std::function<qint64()> m_nowMs;
    Recipients m_recipients;
    std::vector<RecipientLine> m_lines;
};

} // namespace rollcall
