// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/cards/drafts.h"
#include "models/cards/message.h"
#include "ui/compose/composeneeds.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace rollcall {

/// The row of commands over the composer: a new message, templates, cards from files and pastes, export, what was sent.
class ComposeTools final : public QWidget {
    Q_OBJECT
public:
    ComposeTools(const ComposeNeeds &needs, const ComposeActions &actions, QWidget *parent = nullptr);
    void setComposition(std::function<Composition()> composition) { m_composition = std::move(composition); }
    /// The body as it goes out at the current account; what "As JSON file…" writes.
    void setMessage(std::function<Result<QByteArray>()> message) { m_message = std::move(message); }
    void setAccount(AccountId account) { m_account = account; }
    void setWritable(bool writable, const QString &why);
    void setAnyCards(bool any); ///< export and save as template need some
    void showDraftState(const QString &words);
    void openFiles(const QStringList &paths);
    void takeText(const QString &text);

signals:
    void newWanted();
    void cardsRead(const std::vector<rollcall::Card> &cards);
    void applied(const rollcall::Composition &composition); ///< a template's content
    void told(const QString &sentence);

private:
    QToolButton *addButton(const char *name, const char *iconName, const QString &words, const QString &tip);
    void buildExport();
    void chooseFile();
    void onRead(const Result<CardsRead> &read, const QString &title);
    void fillTemplates();
    void saveTemplate();
    void apply(DraftId id);
    void manageTemplates();
    void exportTo(bool vcf);
    void fail(const QString &title, const Failure &failure);
    [[nodiscard]] QString region() const;

    const ComposeNeeds &m_needs;
    AccountId m_account;
    std::function<Composition()> m_composition;
    std::function<Result<QByteArray>()> m_message;
    QHBoxLayout *m_row;
    QToolButton *m_templates = nullptr;
    QToolButton *m_export = nullptr;
    QMenu *m_templateMenu = nullptr;
    QAction *m_save = nullptr;
    QLabel *m_draft;
    Call m_call;
    Call m_list;
};

} // namespace rollcall
