// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/internal/stylesheet.h"

#include "ui/parts/theme.h"

#include <initializer_list>
#include <utility>

namespace rollcall {

namespace {

constexpr char base[] = R"(
QMainWindow, QDialog, QWizard, QMessageBox { background: @window; }
QMainWindow::separator { background: @border; width: 1px; height: 1px; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 6px 8px; }
QLabel { background: transparent; }
QLabel[look="title"] { font-size: 17pt; font-weight: 600; }
QLabel[look="heading"] { font-size: 11.5pt; font-weight: 600; }
QLabel[look="muted"] { color: @muted; }
QLabel[look="mono"] { font-family: monospace; }
QLabel[look="problem"] { color: @badFore; }
QLabel[look="warning"] { color: @warnFore; }
QFrame[look="card"] { background: @surface; border: 1px solid @border; border-radius: 10px; }
QFrame[look="banner-warning"] { background: @warnBack; border: none; border-radius: 8px; }
QFrame[look="banner-warning"] QLabel { color: @warnFore; }
QFrame[look="banner-bad"] { background: @badBack; border: none; border-radius: 8px; }
QFrame[look="banner-bad"] QLabel { color: @badFore; }
QFrame[look="banner-info"] { background: @busyBack; border: none; border-radius: 8px; }
QFrame[look="banner-info"] QLabel { color: @busyFore; }
QFrame[look="banner-sandbox"] { background: @sandBack; border: none; border-radius: 8px; }
QFrame[look="banner-sandbox"] QLabel { color: @sandFore; }
QMenuBar { background: @window; color: @text; padding: 2px 8px; }
QMenuBar::item { padding: 6px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; color: @text; border: 1px solid @border; padding: 6px; }
QMenu::item { padding: 7px 28px 7px 10px; border-radius: 6px; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @faded; }
QMenu::separator { height: 1px; background: @border; margin: 6px 8px; }
QStatusBar { background: @window; color: @muted; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QDockWidget { color: @text; font-weight: 600; }
QDockWidget::title { background: @window; padding: 8px 16px; border-top: 1px solid @border; }
QGroupBox { border: 1px solid @border; border-radius: 8px; margin-top: 22px; padding: 12px; background: @surface; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; top: 0px; color: @text; font-weight: 600; }
QTabWidget::pane { border: none; border-top: 1px solid @border; }
QTabBar::tab { padding: 8px 14px; color: @muted; border: none; border-bottom: 2px solid transparent; background: transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { background: @hover; border-radius: 4px; }
QProgressBar { background: @track; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
)";

constexpr char buttons[] = R"(
QToolBar { background: @window; border: none; border-bottom: 1px solid @border; spacing: 4px; padding: 8px 12px; }
QToolBar::separator { background: @border; width: 1px; margin: 6px 8px; }
QToolButton { color: @text; background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 5px 8px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @selection; }
QToolButton:checked { color: @accentFore; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @faded; }
QToolButton::menu-indicator { image: none; }
QToolButton[look="primary"] { background: @accent; color: @onAccent; font-weight: 600; }
QToolButton[look="primary"]:hover { background: @accentHover; }
QToolButton[look="primary"]:focus { border-color: @text; }
QToolButton[look="primary"]:disabled { background: @track; color: @muted; }
QToolButton[look="tight"] { padding: 3px 1px; }
QToolButton[look="section"] { font-weight: 600; padding: 5px 4px; }
QToolButton[look="section"]:checked { background: transparent; color: @text; }
QToolButton[look="section"]:hover { background: @hover; }
QToolButton[look="chip"] { background: @surface; border: 1px solid @border; border-radius: 14px; padding: 4px 12px; }
QToolButton[look="chip"]:hover { background: @hover; }
QToolButton[look="chip"]:checked { background: @softBack; color: @accentFore; border-color: @accent; }
QToolButton[look="chip"]:focus { border: 2px solid @accent; padding: 3px 11px; }
QPushButton { color: @text; background: @surface; border: 1px solid @border; border-radius: 6px; padding: 7px 15px; min-width: 56px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border: 2px solid @accent; padding: 6px 14px; }
QPushButton:disabled { color: @faded; background: @window; }
QPushButton[look="primary"], QDialog QPushButton:default { background: @accent; color: @onAccent; border: 1px solid @accent; font-weight: 600; }
QPushButton[look="primary"]:hover, QDialog QPushButton:default:hover { background: @accentHover; }
QPushButton[look="primary"]:focus, QDialog QPushButton:default:focus { border: 2px solid @text; }
QPushButton[look="primary"]:disabled, QDialog QPushButton:default:disabled { background: @track; color: @muted; border-color: @track; }
QPushButton[look="danger"], QDialog QPushButton[look="danger"]:default { background: @badFore; color: @surface; border-color: @badFore; }
QPushButton[look="quiet"] { background: transparent; border-color: transparent; color: @accentFore; }
QPushButton[look="quiet"]:hover { background: @hover; }
QPushButton[look="quiet"]:focus { border: 2px solid @accent; }
)";

constexpr char fields[] = R"(
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: @surface; color: @text; border: 1px solid @fieldBorder; border-radius: 6px;
  selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit, QAbstractSpinBox, QComboBox { padding: 6px 9px; min-height: 20px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border: 2px solid @accent; padding: 5px 8px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; padding: 3px 5px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: @faded; background: @window; }
QLineEdit[problem="true"], QComboBox[problem="true"] { border-color: @badFore; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0px; min-height: 0px; background: transparent; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(:/icons/chevron-down-@mode.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @border; padding: 4px; outline: none;
  selection-background-color: @selection; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 30px; }
QDateTimeEdit::drop-down { border: none; width: 26px; background: transparent; subcontrol-origin: padding; subcontrol-position: center right; }
QDateTimeEdit::down-arrow { image: url(:/icons/chevron-down-@mode.svg); width: 16px; height: 16px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 22px; background: transparent; }
QAbstractSpinBox::up-arrow { image: url(:/icons/chevron-up-@mode.svg); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/chevron-down-@mode.svg); width: 12px; height: 12px; }
QLineEdit[look="status"] { background: transparent; border: none; border-radius: 4px; color: @muted; padding: 2px 8px; min-height: 0px; }
QLineEdit[look="status"]:focus { border: 1px solid @accent; padding: 1px 7px; }
QLineEdit[look="status"][sandbox="true"] { background: @sandBack; color: @sandFore; }
QLineEdit[look="status"][offline="true"] { background: @warnBack; color: @warnFore; }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid @fieldBorder; background: @surface; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/tick-@mode.svg); }
QCheckBox::indicator:indeterminate { background: @accent; border-color: @accent; image: url(:/icons/dash-@mode.svg); }
QRadioButton::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/dot-@mode.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: @track; border-color: @border; }
)";

constexpr char views[] = R"(
QTableView, QListView, QTreeView { background: @surface; color: @text; border: none; outline: none;
  selection-background-color: @selection; selection-color: @text; }
QTableView[look="framed"], QListView[look="framed"], QTreeView[look="framed"] { border: 1px solid @border; border-radius: 8px; }
QTableView:focus[look="framed"], QListView:focus[look="framed"] { border: 1px solid @accent; }
QListView[look="framed"]::item { padding: 5px 10px; border: 1px solid transparent; color: @text; }
QListView[look="framed"]::item:hover { background: @hover; }
QListView[look="framed"]::item:selected { background: @selection; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @border; padding: 9px 12px; font-weight: 600; }
QHeaderView::section:vertical { padding: 2px 8px; border-bottom: none; }
QHeaderView::section:hover { color: @text; background: @hover; }
QHeaderView::down-arrow { image: url(:/icons/chevron-down-@mode.svg); width: 14px; height: 14px; subcontrol-position: center right; right: 4px; }
QHeaderView::up-arrow { image: url(:/icons/chevron-up-@mode.svg); width: 14px; height: 14px; subcontrol-position: center right; right: 4px; }
QHeaderView::down-arrow:vertical, QHeaderView::up-arrow:vertical { image: none; width: 0px; height: 0px; }
QTableCornerButton::section { background: @surface; border: none; }
QListView#navigation { background: @window; border: none; border-right: 1px solid @border; padding: 8px; font-size: 10.5pt; }
QListView#navigation::item { height: 40px; padding-left: 8px; border-radius: 8px; border: 2px solid transparent; color: @text; }
QListView#navigation::item:hover { background: @hover; }
QListView#navigation::item:selected { background: @selection; color: @accentFore; }
QListView#navigation::item:selected:focus { border-color: @accent; }
QListView#navigation::item:disabled { color: @faded; }
QScrollBar { background: transparent; border: none; margin: 0px; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QFrame#pageFrame { border: none; }
QFrame#pageFrame[sandbox="true"] { border: 3px solid @sandFore; }
)";

QColor mix(const QColor &a, const QColor &b, double part)
{
    const auto of = [part](int x, int y) { return int(double(x) * (1 - part) + double(y) * part); };
    return {of(a.red(), b.red()), of(a.green(), b.green()), of(a.blue(), b.blue())};
}

} // namespace

QString styleSheetOf(const Tokens &t)
{
    QString sheet = QLatin1String(base) + QLatin1String(buttons) + QLatin1String(fields) + QLatin1String(views);
    // Longer names first: "@windowX" must not be eaten by "@window".
    const std::initializer_list<std::pair<const char *, QColor>> colours = {
        {"@accentHover", mix(t.accent, t.text, 0.15)},
        {"@accentFore", t.accentSoft.fore},
        {"@fieldBorder", mix(t.border, t.muted, 0.45)},
        {"@selection", t.selection},
        {"@onAccent", t.onAccent},
        {"@softBack", t.accentSoft.back},
        {"@sandBack", t.sandbox.back},
        {"@sandFore", t.sandbox.fore},
        {"@busyBack", t.busy.back},
        {"@busyFore", t.busy.fore},
        {"@warnBack", t.warning.back},
        {"@warnFore", t.warning.fore},
        {"@badBack", t.bad.back},
        {"@badFore", t.bad.fore},
        {"@surface", t.surface},
        {"@window", t.window},
        {"@raised", t.raised},
        {"@border", t.border},
        {"@accent", t.accent},
        {"@scroll", mix(t.border, t.muted, 0.35)},
        {"@muted", t.muted},
        {"@faded", mix(t.muted, t.surface, 0.25)},
        {"@hover", mix(t.window, t.text, 0.07)},
        {"@track", mix(t.border, t.window, 0.3)},
        {"@text", t.text},
    };
    for (const auto &[name, value] : colours)
        sheet.replace(QLatin1String(name), value.name());
    return sheet.replace(QLatin1String("@mode"), t.dark ? QLatin1String("dark") : QLatin1String("light"));
}

} // namespace rollcall
