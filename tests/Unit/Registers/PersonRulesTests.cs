using System.Text;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Xunit;

namespace Qipan.Unit.Registers;

public sealed class PersonRulesTests
{
    static readonly PersonRules Rules = new(new DateOnly(2022, 3, 21), 14, place => place.Length >= 12 ? place : new ResidenceTooCoarse(), d => d == "220204");

    [Theory]
    [InlineData(Role.Sampler, "Name,MaskedDocument")]
    [InlineData(Role.Courier, "FirstName,Address")]
    [InlineData(Role.Commander, "Name,Age,Address,SpecialGroups,Present")]
    [InlineData(Role.RoundOfficer, "Name,MaskedDocument,Sex,Age,Address,Household,MaskedPhone,SpecialGroups,Present,Guardian")]
    [InlineData(Role.GridWorker, "Name,MaskedDocument,Sex,Age,Address,Household,MaskedPhone,SpecialGroups,Present,Guardian,RevealPhone")]
    [InlineData(Role.Investigator, "Name,MaskedDocument,Sex,Age,Birth,Address,Household,MaskedPhone,SpecialGroups,Present,Guardian,Work,RevealPhone,RevealDocument")]
    [InlineData(Role.Technician, "")]
    [InlineData(Role.Reviewer, "")]
    [InlineData(Role.Administrator, "")]
    [InlineData(Role.Auditor, "")]
    public void Each_role_sees_the_fewest_fields(Role role, string fields) => Assert.Equal(fields, string.Join(',', FieldsOfRole.Names(FieldsOfRole.Of(role))));

    [Fact]
    public void Every_role_stands_in_the_table_of_fields() => Assert.All(Enum.GetValues<Role>(), role => FieldsOfRole.Of(role));

    [Fact]
    public void A_childs_phone_is_shown_to_nobody_and_a_role_elsewhere_shows_nothing()
    {
        var caller = new Caller(Actor.System, default, "220204", [new Grant(Role.Investigator, "220204"), new Grant(Role.Sampler, "220202")]);
        Assert.Equal(PersonFields.None, FieldsOfRole.Of(caller, "220204001001", null, "220204", isChild: true) & (PersonFields.MaskedPhone | PersonFields.RevealPhone));
        Assert.Equal(FieldsOfRole.Of(Role.Sampler), FieldsOfRole.Of(caller, "220202001001", null, "220202", isChild: false));
        Assert.Equal(FieldsOfRole.Of(Role.Investigator) | FieldsOfRole.Of(Role.Sampler), FieldsOfRole.Of(caller, "220202001001", "220204001", "220204", isChild: false));
        Assert.Equal(PersonFields.None, FieldsOfRole.Of(caller, "220203001001", null, "220203", isChild: false));
    }

    [Theory]
    [InlineData("1980-01-03", "1980-01-03"), InlineData("1980/1/3", "1980-01-03"), InlineData("19800103", "1980-01-03"), InlineData("1980年1月3日", "1980-01-03")]
    [InlineData("1980", "1980"), InlineData("1980-02-30", null), InlineData("2022-03-22", null), InlineData("03.01.1980", null), InlineData("1849", null)]
    public void A_birth_is_read_in_the_forms_that_files_have(string text, string? birth) => Assert.Equal(birth, CheckedPerson.BirthOf(text, Rules.Today));

    [Fact]
    public void What_only_helps_is_dropped_with_a_warning_and_the_person_is_kept()
    {
        var person = CheckedPerson.Of(new PersonDraft
        {
            Name = "张三",
            Sex = "女",
            DocNo = "110105" + "19491231002x",
            Residence = "220204001001",
            Phones = "13900000000; 12; 0432-62012345",
            SpecialGroups = "独居、dialysis;x",
        }, Rules).Value;
        Assert.Equal(PersonWarnings.HistoricDivision | PersonWarnings.PhoneDropped | PersonWarnings.GroupUnknown, person.Warnings);
        Assert.Equal(["13900000000", "043262012345"], person.Phones);
        Assert.Equal((SpecialGroups.LivingAlone | SpecialGroups.Dialysis, Sex.Female, "1949-12-31"), (person.Groups, person.Sex, person.Birth));
        Assert.Equal(15, person.OtherDocNo!.Length);
    }

    [Theory]
    [InlineData("张伟", "伟"), InlineData("欧阳修", "修"), InlineData("欧阳", "阳"), InlineData("John Smith", "John"), InlineData("伟", "伟")]
    public void A_courier_reads_the_first_name_alone(string name, string first) => Assert.Equal(first, PersonViews.FirstNameOf(name));

    [Theory]
    [InlineData("a,b\n1,2\n", "a|b;1|2")]
    [InlineData("a;b\r\n\"x;y\";2\r\n\r\n3;4", "a|b;x;y|2;3|4")]
    [InlineData("a,b\n\"1\n2\",\"q\"\"q\"\n", "a|b;1\n2|q\"q")]
    [InlineData("a,b\n\"open,2\n3,4\n", "a|b;!\"open,2;3|4")]
    [InlineData("a,b\n\"x\"y,2\n3,\n", "a|b;!\"x\"y,2;3|")]
    [InlineData("a\tb\n1\t2", "a|b;1|2")]
    [InlineData("", "")]
    public void Rows_are_split_and_a_broken_one_breaks_only_itself(string text, string expected)
    {
        var csv = new CsvRows(new StringReader(text), 64);
        var rows = new List<string>();
        while (csv.Read())
            rows.Add(csv.Broken ? "!" + csv.Raw : string.Join('|', Enumerable.Range(0, csv.Count).Select(i => csv[i])));
        Assert.Equal(expected, string.Join(';', rows));
    }

    [Fact]
    public void A_row_without_end_costs_bounded_memory()
    {
        var csv = new CsvRows(new StringReader("a,b\n" + new string('x', 3_000_000) + "\n1,2\n"), 1000);
        var (broken, last) = (0, "");
        while (csv.Read())
        {
            broken += csv.Broken ? 1 : 0;
            last = csv[0];
        }
        Assert.True(broken > 0);
        Assert.Equal("1", last);
    }

    [Fact]
    public void An_encoding_is_told_by_its_bytes()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string Text = "姓名,现住地编码\n张三,220204001001\n";
        string Of(byte[] bytes) => FileFacts.Of(new MemoryStream(bytes)).Encoding.WebName;
        Assert.Equal("utf-8", Of(Encoding.UTF8.GetBytes(Text)));
        Assert.Equal("utf-8", Of([.. Encoding.UTF8.GetBytes(Text), 0xff]));
        Assert.Equal("gb18030", Of(Encoding.GetEncoding("GB18030").GetBytes(Text)), ignoreCase: true);
        Assert.Equal("utf-16", Of(Encoding.Unicode.GetBytes(Text)));
        // A character on the border between two blocks is no broken byte.
        for (var pad = 0; pad < 4; pad++)
            Assert.Equal("utf-8", Of([.. new byte[(1 << 20) - 2 + pad].Select(_ => (byte)'a'), .. Encoding.UTF8.GetBytes("张三")]));
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\""), InlineData("  @x", "\"'  @x\""), InlineData("-1", "\"'-1\""), InlineData("a\"b", "\"a\"\"b\"")]
    public void A_refused_field_runs_in_no_spreadsheet(string text, string field) => Assert.Equal(field, RefusedRows.Field(text));
}
