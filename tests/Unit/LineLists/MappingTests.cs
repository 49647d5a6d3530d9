using System.Text;
using Qipan.LineLists;
using Xunit;

namespace Qipan.Unit.LineLists;

public sealed class MappingTests
{
    const string Right = """
        mapping: mine
        title: Mine
        kind: cases
        list: mine
        columns:
          id: [No.]
          onset: [Date of onset, 发病日期]
        defaults: { disease: MEASLES, class: confirmed }
        """;

    [Fact]
    public void Every_ready_mapping_is_in_order_and_named_as_its_file()
    {
        var files = new MappingBook(null).Files();
        Assert.Empty(files.SelectMany(f => f.Findings));
        Assert.Equal(files.Select(f => Path.GetFileNameWithoutExtension(f.File)), files.Select(f => f.Mapping!.Name));
        string[] needed = ["go-data-cases", "go-data-contacts", "sormas-cases", "sormas-contacts", "mers-korea-2015", "mers-korea-2015-links", "ebola-sim-clean",
            "ebola-sim-dirty", "ebola-sim-links", "measles-hagelloch-1861"];
        Assert.Empty(needed.Except(files.Select(f => f.Mapping!.Name)));
    }

    [Theory]
    [InlineData("kind: cases", "kind: tables", 3, "not_allowed_value")]
    [InlineData("  id: [No.]\n", "", 5, "column_missing")]
    [InlineData("  onset:", "  onsett:", 7, "unknown_key")]
    [InlineData("class: confirmed", "class: sure", 8, "word_unknown")]
    [InlineData("list: mine", "list: My List!", 4, "wrong_form")]
    [InlineData("title: Mine", "dates: [yyyy-MM-dd, quickly]\ntitle: Mine", 2, "date_form")]
    [InlineData("title: Mine", "title: &a Mine", 2, "alias")]
    [InlineData("title: Mine", "title: [", 3, "yaml_syntax")]
    [InlineData("title: Mine\n", "", 1, "missing_key")]
    [InlineData("defaults:", "values: { class: { Sure: certain } }\ndefaults:", 8, "word_unknown")]
    public void A_mistake_is_named_with_its_line_and_its_reason(string old, string now, int line, string code)
    {
        var found = Read(Right.ReplaceLineEndings("\n").Replace(old, now, StringComparison.Ordinal));
        Assert.Null(found.Mapping);
        Assert.Contains((line, code), found.Findings.Select(f => (f.Line, f.Code)));
    }

    [Fact]
    public void A_mapping_that_is_in_order_has_no_findings_and_a_folder_keeps_it()
    {
        Assert.Empty(Read(Right).Findings);
        var folder = Directory.CreateTempSubdirectory("qipan-mapping-").FullName;
        try
        {
            var book = new MappingBook(folder);
            Assert.NotNull(book.Save(Encoding.UTF8.GetBytes(Right)).Mapping);
            Assert.Equal("Mine", book.Named("mine").Value.Title);
            Assert.Null(book.Save("mapping: ../../mine"u8).Mapping);
            // One of its own stands before the ready one of the same name.
            Assert.NotNull(book.Save(Encoding.UTF8.GetBytes(Right.Replace("mapping: mine", "mapping: sormas-cases"))).Mapping);
            Assert.False(book.Named("sormas-cases").Value.Ready);
            Assert.Equal("mapping_unknown", book.Named("../mine").Refusal!.Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Heads_are_compared_by_their_letters_and_the_best_fit_stands_first()
    {
        var book = new MappingBook(null);
        string[] mers = ["id", "age", "age_class", "sex", "place_infect", "dt_onset", "dt_report", "dt_diag", "outcome", "dt_death"];
        Assert.Equal("mers-korea-2015", book.Fitting(mers)[0].Mapping.Name);
        string[] sormas = ["Case SN", "Case ID", "Disease", "First name", "Last name", "Sex", "Date of report", "Case classification", "Outcome of case", "Date of death"];
        Assert.Equal("sormas-cases", book.Fitting(sormas)[0].Mapping.Name);
        string[] contacts = ["Contact ID", "Source case ID", "Contact classification", "Date of last contact", "First name of contact person", "Follow-up status"];
        Assert.Equal("sormas-contacts", book.Fitting(contacts)[0].Mapping.Name);
        string[] goData = ["id", "visualId", "dateOfReporting", "firstName", "lastName", "gender", "classification", "dateOfOnset", "dateOfInfection", "outcomeId", "dob"];
        Assert.Equal("go-data-cases", book.Fitting(goData)[0].Mapping.Name);
        Assert.Equal(["mers-korea-2015-links"], book.Fitting(["from", "to", "exposure"]).Select(f => f.Mapping.Name));
        Assert.Empty(book.Fitting(["name", "colour"]));
    }

    static CheckedMapping Read(string yaml) => ReadMapping.Of("test.yaml", Encoding.UTF8.GetBytes(yaml.ReplaceLineEndings("\n")));
}
