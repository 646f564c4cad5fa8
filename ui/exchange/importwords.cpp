// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/importwords.h"

#include "models/exchange/importplan.h"
#include "models/people/fetch.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

#include <QFileInfo>

namespace rollcall {

QString ImportWords::badFile(const Failure &failure, const QString &name)
{
    const QString &what = failure.detail;
    const QString line = count(failure.code);
    if (what == u"empty")
        return tr("The file “%1” is empty. Nothing was imported. Choose another file.").arg(name);
    if (what == u"no-rows")
        return tr("There are no rows in “%1” below its header. Nothing was imported. Check “First line” and “Header "
                  "row”, or choose "
                  "another file.")
            .arg(name);
    if (what == u"binary")
        return tr("“%1” is not a text file. Nothing was imported. Save the list as CSV and choose that file.")
            .arg(name);
    if (what == u"workbook")
        return tr("“%1” is a spreadsheet workbook. Nothing was imported. Open it in the spreadsheet program, save it "
                  "as CSV (UTF-8) "
                  "and choose that file.")
            .arg(name);
    if (what == u"not-a-file")
        return tr("“%1” is a folder or device, not a file. Nothing was imported. Choose a file.").arg(name);
    if (what == u"changed-while-read")
        return tr("“%1” was changed by another program while it was read. Nothing was imported. Wait until it is "
                  "complete, then try "
                  "again.")
            .arg(name);
    if (what == u"line-too-long")
        return tr("Line %1 of “%2” is longer than 4 MB, so this is no list of people. Nothing was imported. Check the "
                  "delimiter and "
                  "that it is the right file.")
            .arg(line, name);
    if (what == u"quote-not-closed")
        return tr("A quotation mark in line %1 of “%2” is never closed. Nothing was imported. Correct that line and "
                  "try again.")
            .arg(line, name);
    if (what == u"too-many-columns")
        return tr("Line %1 of “%2” has more than 16,384 columns. Nothing was imported. Check the delimiter and that it "
                  "is the right "
                  "file.")
            .arg(line, name);
    if (what == u"nul-byte")
        return tr("Line %1 of “%2” holds bytes that are no text. Nothing was imported. Choose another encoding, or "
                  "save the list "
                  "anew as CSV.")
            .arg(line, name);
    if (what == u"unknown-encoding")
        return tr("“%1” cannot be read in this encoding. Nothing was imported. Choose another encoding.").arg(name);
    return tr("“%1” cannot be read. Nothing was imported. Choose another file.").arg(name);
}

QString ImportWords::failure(const Failure &failure, const QString &file)
{
    const QString name = QFileInfo(file).fileName();
    const bool aboutFile = failure.subject == file;
    switch (failure.kind) {
    case Failure::Kind::BadInput:
        return badFile(failure, name);
    case Failure::Kind::NotFound:
        return tr("“%1” was not found. Nothing was imported. Check the name and choose the file again.").arg(name);
    case Failure::Kind::Cancelled:
        return tr("The import was cancelled. Nothing was imported. Start again whenever you like.");
    case Failure::Kind::DiskFull:
        return tr("The disk is full. Nothing was imported, and everything saved before is still there. Free some "
                  "space, then try "
                  "again.");
    case Failure::Kind::ReadOnly:
        if (aboutFile)
            return tr(
                "“%1” may not be read. Nothing was imported. Ask for permission to read it, or choose another file.")
                .arg(name);
        break;
    case Failure::Kind::Storage:
        if (aboutFile)
            return tr(
                "“%1” could not be read to its end. Nothing was imported. Check the disk it lies on, then try again.")
                .arg(name);
        break;
    default:
        break;
    }
    return failureSentence(failure);
}

QString ImportWords::reason(const QString &stableId)
{
    if (stableId == QLatin1String(RejectReason::noNumber))
        return tr("The number is missing.");
    if (stableId == QLatin1String(RejectReason::notANumber))
        return tr("What stands in the number's column is no number.");
    if (stableId == QLatin1String(RejectReason::scientific))
        return tr("The spreadsheet has shortened the number (such as 4.917E+12) and digits are lost: format the column "
                  "as text and "
                  "export the list again.");
    if (stableId == QLatin1String(RejectReason::encoding))
        return tr("The row holds bytes that are no text in this encoding.");
    if (stableId == QLatin1String(RejectReason::quote))
        return tr("A quotation mark in the row is never closed.");
    if (stableId == QLatin1String(RejectReason::columns))
        return tr("The row has more cells than the table has columns.");
    if (stableId == QLatin1String(RejectReason::card))
        return tr("The card cannot be read whole: it has no end, or it is too long. The file may have been cut off.");
    if (stableId == QLatin1String(FetchReason::group))
        return tr("A group, newsletter or broadcast: no person.");
    if (stableId == QLatin1String(FetchReason::ownAccount))
        return tr("The account itself.");
    if (stableId == QLatin1String(FetchReason::notSaved))
        return tr("Known from a chat only. Fetch again with “Also people known from chats” to take them.");
    return stableId;
}

QString ImportWords::field(ImportField field)
{
    switch (field) {
    case ImportField::Ignore:
        return tr("Ignore");
    case ImportField::Name:
        return tr("Name");
    case ImportField::GivenName:
        return tr("First name");
    case ImportField::FamilyName:
        return tr("Last name");
    case ImportField::Phone:
        return tr("Phone number");
    case ImportField::Country:
        return tr("Country of the number");
    case ImportField::Email:
        return tr("E-mail");
    case ImportField::Organisation:
        return tr("Organisation");
    case ImportField::Tags:
        return tr("Tags");
    case ImportField::Note:
        return tr("Note");
    case ImportField::OptInDate:
        return tr("Opt-in date");
    }
    return {};
}

QString ImportWords::delimiter(char delimiter)
{
    switch (delimiter) {
    case ',':
        return tr("Comma (,)");
    case ';':
        return tr("Semicolon (;)");
    case '\t':
        return tr("Tab");
    case '|':
        return tr("Vertical bar (|)");
    default:
        return QString(QLatin1Char(delimiter));
    }
}

QString ImportWords::encoding(const QByteArray &encoding)
{
    if (encoding == "windows-1252")
        return tr("Western (Windows-1252)");
    return QString::fromLatin1(encoding);
}

const std::vector<ImportField> &offeredFields()
{
    using F = ImportField;
    static const std::vector<ImportField> fields{F::Ignore, F::Phone, F::Name, F::GivenName, F::FamilyName, F::Country,
        F::Email, F::Organisation, F::Tags, F::Note, F::OptInDate};
    return fields;
}

} // namespace rollcall
