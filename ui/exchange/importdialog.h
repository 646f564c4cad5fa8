// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/exchange/importer.h"
#include "models/store/batches.h"
#include "ui/parts/dialogs.h"

#include <QDialog>
#include <QElapsedTimer>
#include <optional>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace rollcall {

class ColumnsStep;
class ConsentStep;
class DryRunStep;
class NumbersStep;
class ResultStep;
class Settings;
class SourceStep;
class Store;
class WorkStep;

/// What the dialog works with. All of it outlives the dialog.
struct ImportNeeds {
    Store &store;
    Importer &importer;
    Settings &settings; ///< default country, operator
    Asks asks;
};

/// Import…: source, format and columns, numbers, consent, dry run, result. Nothing is in the store before the operator
/// has seen the dry run and clicked Import; closing the dialog before drops everything. Non-modal use: show() or
/// open().
class ImportDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ImportDialog(ImportNeeds needs, QWidget *parent = nullptr);
    ~ImportDialog() override;

    /// Begins with this file (command line, drop): goes to the columns by itself when it can be read.
    void openText(const QString &text); ///< a list that was pasted
    void openFile(const QString &file);
    /// The batch of this import once it is in the store.
    [[nodiscard]] std::optional<BatchId> batch() const { return m_batch; }

signals:
    void imported(rollcall::BatchId batch, const rollcall::ImportCounts &counts); ///< committed
    void told(const QString &sentence); ///< for the status line; plain text
    /// For the jobs dock, about ten times a second while the file is read and while it is saved.
    void working(const QString &title, const QString &line, const rollcall::Progress &progress);
    void rested(); ///< the work told by working() is over, however it ended

public slots:
    void reject() override; ///< asks nothing: before Import nothing is lost but the answers

private:
    enum class Step { Source, Columns, Numbers, Consent, Staging, DryRun, Committing, Result };

    void build();
    void connectParts();
    void turnTo(Step step);
    [[nodiscard]] QString shownName() const; ///< of the file, for people
    void goOn();
    void goBack();
    void focusStep();
    void updateButtons();
    void showProblem(const Failure &failure);
    void clearProblem();
    void look(const QString &file);
    void lookAgain(const CsvFormat &format, bool replace);
    void survey();
    void stage();
    void commit();
    void undo();
    void exportRejected();
    [[nodiscard]] ImportRequest request() const;
    void tellProgress(const Progress &progress, qint64 rows);

    ImportNeeds m_needs;
    Step m_step = Step::Source;
    QLabel *m_trail = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_next = nullptr;
    QPushButton *m_cancel = nullptr;
    SourceStep *m_source = nullptr;
    ColumnsStep *m_columns = nullptr;
    NumbersStep *m_numbers = nullptr;
    ConsentStep *m_consent = nullptr;
    WorkStep *m_work = nullptr;
    DryRunStep *m_dryRun = nullptr;
    ResultStep *m_result = nullptr;

    QString m_file;
    std::optional<StagedImport> m_staged;
    std::shared_ptr<StagingKeeper> m_pasted; ///< the list that was pasted last
    std::optional<BatchId> m_batch;
    std::shared_ptr<JobControl> m_control;
    bool m_busy = false; ///< a look or an undo is under way
    Call m_call; ///< last: dropped first
};

} // namespace rollcall
