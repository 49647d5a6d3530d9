using System.Text;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Registers;

[Trait("area", "registers")]
public sealed class ImportPersonsTests
{
    const string Community = "990102001001";
    const string Header = "姓名,性别,出生日期,证件类型,证件号码,手机号,现住地编码,重点人群,监护人证件号码\n";

    static readonly Keyring Keys = Keyring.Of(new string('a', 64));
    static readonly RegistersSettings Small = new() { ImportUnitRows = 100 };

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Good_rows_are_taken_bad_ones_come_back_with_reasons_and_doubles_are_parked(StoreKind kind)
    {
        await using var test = await Open(kind);
        var adult = Id(1980, 1, 3);
        var text = Header
            + $"张三,男,,,{adult},19000000001,{Community}.c01.b1.u1.101,,\n"            // 2 accepted
            + $"张小三,男,,,{Id(2015, 2, 5)},19000000001,{Community}.c01.b1.u1.101,,{adult}\n" // 3 accepted, guardian known
            + $"张三,男,1980-01-03,,{adult},,{Community}.c01.b1.u1.101,,\n"              // 4 the same again
            + $"李四,女,,,{Id(1990, 3, 8, short15: true)},19000000002,{Community},透析;魔法,\n" // 5 old number, one unknown group
            + $"李四,女,,,{Id(1990, 3, 8)},19000000002,{Community},,\n"                  // 6 same person by the long number: parked
            + $"王五,男,1970-05-05,,,,{Community}.c02,,\n"                              // 7 no document
            + $"王五,男,1970-05-05,,,,{Community}.c03,,\n"                              // 8 namesake: parked
            + $"王五,男,1970-05-05,,,,{Community}.c03,,\n"                              // 9 the very same: had
            + $"赵六,男,,,{adult},,{Community},,\n"                                     // 10 somebody else's document: taken without it, parked
            + $"=HYPERLINK(1),男,,,{adult[..17]}{(adult[17] == '0' ? '1' : '0')},,{Community},,\n" // 11 wrong check
            + $",男,1980-01-01,,,,{Community},,\n"                                      // 12 no name
            + $"孙七,男,1980-01-01,,,,990102009009,,\n"                                 // 13 no such place
            + $"周八,男,1980-13-01,,,,{Community},,\n"                                  // 14 no such day
            + $"吴九,男,,,,,{Community},,\n"                                            // 15 nothing to know him by
            + $"\"郑十,男,,,,,{Community},,\n"                                          // 16 open quote
            + $"冯十一,男,1980-01-01,,,,{Community},,\n";                               // 17 accepted all the same
        var report = await Import(test, "a.csv", text);
        Assert.Equal((16, 8, 2, 6, 3), (report.Rows, report.Accepted, report.Had, report.Refused, report.Parked));
        Assert.Equal([(11, "id_check_wrong"), (12, "name_missing"), (13, "place_unknown"), (14, "birth_wrong"), (15, "identity_too_thin"), (16, "row_broken")],
            report.FirstRefused.Select(r => ((int)r.Row, r.Code)));
        Assert.Equal((1, 1), (report.Warnings["GroupUnknown"], report.Warnings["DocumentNotBound"]));
        var lines = File.ReadAllLines(report.RefusedFile!);
        Assert.Equal(7, lines.Length);
        Assert.Contains(",\"'=HYPERLINK(1),", lines[1]);

        test.Store.Read(s =>
        {
            Assert.Equal(["document_conflict", "name_birth", "name_birth,short_id"],
                s.Query<string>("SELECT reasons FROM duplicate_pair").Select(r => string.Join(',', r.Split(',').Where(w => w != "phone_name").Order())).Order());
            var child = s.One<PersonRow>("SELECT * FROM person WHERE name = '张小三'")!;
            var parent = s.One<PersonRow>("SELECT * FROM person WHERE name = '张三'")!;
            Assert.Equal((parent.Id, parent.Household), (child.Guardian, child.Household));
            Assert.Equal(parent.Id, s.One<HouseholdRow>("SELECT * FROM household")!.Head);
            Assert.Equal((long)SpecialGroups.Dialysis, s.Query<PersonRow>("SELECT * FROM person WHERE name = '李四'").Sum(p => p.SpecialGroups));
            Assert.Equal(parent.Id, PersonDirectory.ByDocuments(s, [DocumentKeys.Of(Keys, DocType.IdCard, adult)]).Single().Value.Id);
            Assert.Equal(8, s.Scalar<long>("SELECT COUNT(*) FROM person_stay WHERE to_at IS NULL"));
            return 0;
        });
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_same_file_again_finds_everything_there_and_a_newer_one_writes_versions(StoreKind kind)
    {
        await using var test = await Open(kind);
        var text = Header + string.Concat(Enumerable.Range(0, 350).Select(i => Row(i, $"{Community}.c01.b{i / 9}.u1.101")));
        var first = await Import(test, "b.csv", text);
        Assert.Equal((350, 0, 0, (string?)null), (first.Accepted, first.Had, first.Refused, first.RefusedFile));
        var again = await Import(test, "copy-of-b.csv", text);
        Assert.Equal((350, 0, 350, 0), (again.Rows, again.Accepted, again.Had, again.Parked));

        var moved = await Import(test, "c.csv", Header + Row(7, $"{Community}.c02.b1.u1.101") + Row(8, $"{Community}.c01.b0.u1.101"));
        Assert.Equal((1, 1), (moved.Accepted, moved.Had));
        test.Store.Read(s =>
        {
            var person = s.One<PersonRow>("SELECT * FROM person WHERE name = '甲7'")!;
            Assert.Equal((2, $"{Community}.c02.b1.u1.101", $"{Community}.c02.b1.u1.101"), (person.Version, person.Residence, person.PresentPlace));
            Assert.Equal($"{Community}.c01.b0.u1.101", Assert.Single(PersonVersions.Of(s, Keys, person.Owner, person.Id)).Residence);
            Assert.Equal(350, s.Scalar<long>("SELECT COUNT(*) FROM person_stay WHERE to_at IS NULL"));
            Assert.Equal(350, s.Scalar<long>("SELECT COUNT(*) FROM person"));
            return 0;
        });
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task An_import_that_was_killed_goes_on_where_it_stopped_and_doubles_nothing(StoreKind kind)
    {
        await using var test = await Open(kind);
        var text = Header + string.Concat(Enumerable.Range(0, 950).Select(i => i % 50 == 0 ? $"坏{i},男,,,123,,{Community},,\n" : Row(i, Community)));
        var path = Write(test, "d.csv", text);
        var stop = new StopAfter(3);
        // A progress sink that throws ends the run after the third commit, as a kill would, with the file of refused rows ahead of it.
        await Assert.ThrowsAsync<OperationCanceledException>(() => Handler(test).Handle(new ImportPersons(path), Actor.System, null, stop));
        File.AppendAllText(path + ".refused.csv", "999,written,after,the commit\r\n");
        Assert.Equal(294, test.Store.Read(s => s.Scalar<long>("SELECT COUNT(*) FROM person")));

        var report = (await Handler(test).Handle(new ImportPersons(path), Actor.System)).Value;
        Assert.Equal((300, 950, 931, 19), (report.ResumedAt, report.Rows, report.Accepted, report.Refused));
        Assert.Equal(931, test.Store.Read(s => s.Scalar<long>("SELECT COUNT(*) FROM person")));
        var refused = File.ReadAllLines(path + ".refused.csv");
        Assert.Equal(Enumerable.Range(0, 19).Select(i => (i * 50) + 2).Select(n => $"{n}"), refused.Skip(1).Select(l => l.Split(',')[0]));
        Assert.Equal(ImportState.Finished, test.Store.Read(s => ImportJobRow.Of(s, "persons", report.Hash))!.State);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task No_number_lies_readable_in_the_store(StoreKind kind)
    {
        await using var test = await Open(kind);
        var number = Id(1985, 6, 7);
        await Import(test, "e.csv", Header + $"张三,男,,,{number},19000001234,{Community},,\n" + $"张三,男,,,{number},19000005678,{Community}.c01,,\n");
        var tables = test.Store.Read(s => new[] { "person", "person_document", "person_phone", "person_version", "person_stay", "trail", "import_job" }
            .Select(t => string.Join('|', s.Query<object>($"SELECT * FROM {t}").SelectMany(r => ((IDictionary<string, object?>)r).Values)
                .Select(v => v is byte[] bytes ? Encoding.Latin1.GetString(bytes) : $"{v}"))).ToList());
        Assert.All(tables, t => Assert.NotEmpty(t));
        foreach (var secret in new[] { number, number[6..14] + number[14..17], "19000001234", "19000005678" })
            Assert.All(tables, t => Assert.DoesNotContain(secret, t));
        test.Store.Read(s =>
        {
            var row = s.One<DocumentRow>("SELECT * FROM person_document")!;
            Assert.Equal(number, Keys.Open(row.Owner, row.Sealed).Reveal(Disclosure.ForProcessing));
            Assert.Equal(2, s.Scalar<long>("SELECT COUNT(*) FROM person_phone"));
            return 0;
        });
    }

    [Theory]
    [InlineData("utf-8", true), InlineData("utf-8", false), InlineData("GB18030", false), InlineData("utf-16", true), InlineData("utf-16", false), InlineData("utf-16BE", true)]
    public async Task Every_encoding_in_use_is_read(string name, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var test = await Open(StoreKind.Sqlite);
        var encoding = Encoding.GetEncoding(name);
        var path = Path.Combine(test.Settings.Folder, "enc.csv");
        await using (var file = File.Create(path))
        {
            if (mark)
                file.Write(encoding.GetPreamble());
            file.Write(encoding.GetBytes((Header + Row(1, Community) + Row(2, Community)).Replace(',', '\t').Replace("\n", "\r\n")));
        }
        var report = (await Handler(test).Handle(new ImportPersons(path), Actor.System)).Value;
        Assert.Equal((2, 2), (report.Rows, report.Accepted));
        Assert.Equal(1, test.Store.Read(s => s.Scalar<long>("SELECT COUNT(*) FROM person WHERE name = '甲2'")));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_19_whom_intake_met_by_a_document_gets_the_name_when_the_document_is_imported(StoreKind kind)
    {
        await using var test = await Open(kind);
        var (met, named, alone) = (Id(1980, 1, 3, 1), Id(1981, 1, 3, 2), Id(1982, 1, 3, 3));
        var ids = new[] { met, named }.Select(n => DocumentKeys.Of(Keys, DocType.IdCard, n)).ToArray();
        await test.Store.Write(new WriteScope(Actor.System, "990102"), s =>
        {
            PersonDirectory.AddTemporary(s, "990102", new NewTemporaryPerson { Id = ids[0], Descriptors = "", Residence = Community, Source = "sampling" });
            PersonDirectory.AddTemporary(s, "990102", new NewTemporaryPerson { Id = ids[1], Name = "别人", Descriptors = "", Residence = Community, Source = "sampling" });
            return Outcome.Done;
        });
        var text = Header + $"张三,男,,,{met},19000000001,{Community}.c01,,\n张三,男,,,{met},,{Community}.c01,,\n李四,男,,,{named},,{Community},,\n王五,男,,,{alone},,{Community},,\n";
        var report = await Import(test, "met.csv", text);
        Assert.Equal((4, 3, 1, 1), (report.Rows, report.Accepted, report.Had, report.Parked));
        test.Store.Read(s =>
        {
            // The one is named and keeps the id; the other goes by another name, so nobody is joined and the pair is parked (INV-22).
            var zhang = s.One<PersonRow>("SELECT * FROM person WHERE id = @id", new { id = ids[0] })!;
            Assert.Equal(("张三", IdentityConfidence.Claimed, (string?)null, $"{Community}.c01", 2L), (zhang.Name, zhang.Confidence, zhang.Temporary, zhang.Residence, zhang.Version));
            Assert.Equal(ids[0], PersonDirectory.ByDocuments(s, [ids[0]]).Single().Value.Id);
            Assert.Equal(4, s.Scalar<long>("SELECT count(*) FROM person"));
            Assert.Equal("document_conflict", s.One<string>("SELECT reasons FROM duplicate_pair"));
            Assert.Equal(1, s.Scalar<long>("SELECT count(*) FROM trail WHERE action = 'link_document'"));
            Assert.Empty(new VerifyRegisters().Verify(s, new Tally()));
            return 0;
        });
        var again = await Import(test, "again.csv", text);
        Assert.Equal((4, 0), (again.Rows, again.Accepted));
    }

    [Fact]
    public async Task Files_that_are_none_are_refused_and_a_dry_run_writes_nothing()
    {
        await using var test = await Open(StoreKind.Sqlite);
        async Task<string?> Try(string text) => (await Handler(test).Handle(new ImportPersons(Write(test, "x.csv", text)), Actor.System)).Refusal?.Code;
        Assert.Equal("import_empty", await Try(""));
        Assert.Equal("import_columns_unknown", await Try("a,b\n1,2\n"));
        Assert.Equal("file_not_readable", (await Handler(test).Handle(new ImportPersons(Path.Combine(test.Settings.Folder, "none.csv")), Actor.System)).Refusal?.Code);
        var dry = (await Handler(test).Handle(new ImportPersons(Write(test, "dry.csv", Header + Row(1, Community) + "坏,,,,1,,x,,\n"), DryRun: true), Actor.System)).Value;
        Assert.Equal((2, 1, 1, (string?)null), (dry.Rows, dry.Accepted, dry.Refused, dry.RefusedFile));
        Assert.Equal((0, 0), test.Store.Read(s => (s.Scalar<long>("SELECT COUNT(*) FROM person"), s.Scalar<long>("SELECT COUNT(*) FROM import_job"))));
        Assert.Equal(2, Directory.GetFiles(test.Settings.Folder, "*.csv").Length);
    }

    static string Row(int i, string place) => $"甲{i},男,,,{Id(1950 + (i % 50), 1 + (i % 12), 1 + (i % 28), i)},1900000{i:D4},{place},,\n";

    /// <summary>A number of division 990102, which nobody was ever given (P-31).</summary>
    static string Id(int year, int month, int day, int order = 1, bool short15 = false)
    {
        var digits = $"990102{year:D4}{month:D2}{day:D2}{(order * 2 % 1000) + 1:D3}";
        return short15 ? digits[..6] + digits[8..] : digits + IdNumber.CheckOf(digits);
    }

    static async Task<TestStore> Open(StoreKind kind)
    {
        var test = await TestStores.Open(kind, new FakeClock(), RegistersModule.Schema);
        await test.Store.Write(new WriteScope(Actor.System, "990102"), s => Outcome.Of(s.Insert(Place.Rows,
            [new Place { Code = "990102", Name = "城东区" }, new Place { Code = Community, Name = "一社区" }])));
        return test;
    }

    static ImportPersonsHandler Handler(TestStore test) => new(test.Store, Keys, Small, LocalDays.China);

    static string Write(TestStore test, string name, string text)
    {
        var path = Path.Combine(test.Settings.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    static async Task<ImportReport> Import(TestStore test, string name, string text) =>
        (await Handler(test).Handle(new ImportPersons(Write(test, name, text)), Actor.System)).Value;

    sealed class StopAfter(int units) : IProgress<ImportProgress>
    {
        int left = units;

        public void Report(ImportProgress value)
        {
            if (--left == 0)
                throw new OperationCanceledException();
        }
    }
}
