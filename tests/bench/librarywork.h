// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <phonenumbers/phonemetadata.pb.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

namespace rollcall::bench {

/// What libphonenumber alone does for one number of a list: parse, valid, E.164 (performance.md section 1). Answers
/// whether it was valid.
inline bool libraryWork(const QByteArray &phone, const QByteArray &country)
{
    using Util = i18n::phonenumbers::PhoneNumberUtil;
    const Util &util = *Util::GetInstance();
    i18n::phonenumbers::PhoneNumber number;
    if (util.Parse(phone.toStdString(), country.toStdString(), &number) != Util::NO_PARSING_ERROR
        || !util.IsValidNumber(number))
        return false;
    std::string e164;
    util.Format(number, Util::E164, &e164);
    return !e164.empty();
}

} // namespace rollcall::bench
