<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CountsList</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::BudgetWatch</name>
    <message numerus="yes">
        <source>%n check(s) left</source>
        <extracomment>status line: how many live checks are left</extracomment>
        <translation>
            <numerusform>%n check left</numerusform>
            <numerusform>%n checks left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::ColumnsStep</name>
    <message numerus="yes">
        <source>%n place(s) in the file are no text in this encoding; such rows are rejected.</source>
        <translation>
            <numerusform>%n place in the file is no text in this encoding; that row is rejected.</numerusform>
            <numerusform>%n places in the file are no text in this encoding; such rows are rejected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::DryRunStep</name>
    <message numerus="yes">
        <source>%n row(s) repeat a number of the same file.</source>
        <translation>
            <numerusform>%n row repeats a number of the same file.</numerusform>
            <numerusform>%n rows repeat a number of the same file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) are in no range we know; they are kept with a mark.</source>
        <translation>
            <numerusform>%n number is in no range we know; it is kept with a mark.</numerusform>
            <numerusform>%n numbers are in no range we know; they are kept with a mark.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) could not be read as international numbers; they are kept as typed.</source>
        <translation>
            <numerusform>%n number could not be read as an international number; it is kept as typed.</numerusform>
            <numerusform>%n numbers could not be read as international numbers; they are kept as typed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n opt-in date(s) could not be read for sure; the answer for the whole list holds there.</source>
        <translation>
            <numerusform>%n opt-in date could not be read for sure; the answer for the whole list holds there.</numerusform>
            <numerusform>%n opt-in dates could not be read for sure; the answer for the whole list holds there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::ResultStep</name>
    <message numerus="yes">
        <source>Imported, with %n row(s) rejected</source>
        <translation>
            <numerusform>Imported, with %n row rejected</numerusform>
            <numerusform>Imported, with %n rows rejected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::StatusLine</name>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <extracomment>status line; %1 is the number of rows with the locale&apos;s separators</extracomment>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
</context>
</TS>
