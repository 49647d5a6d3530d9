using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Qipan.Cli;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>`qipan import lab-results` as a script sees it.</summary>
public sealed class ImportLabResultsTests : IDisposable
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    readonly string folder = Directory.CreateTempSubdirectory("qipan-lab-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_dry_run_prints_pure_JSON_and_writes_nothing()
    {
        var file = Save("run.txt", MadeFiles.QuantStudio(
            MadeFiles.Row("A1", "混采01", "N", "30.155"), MadeFiles.Row("A2", "混采02", "N", "Undetermined"),
                MadeFiles.Row("A3", "T3", "N", "oops")));
        var before = Directory.GetFileSystemEntries(folder);
        var (code, output, error) = Run("import", "lab-results", file, "--dry-run", "--format", "json");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(
            """[{"well":"A1","sample":"混采01","target":"N","task":"UNKNOWN","ct":30.155,"call":"POS"},{"well":"A2","sample":"混采02","target":"N","task":"UNKNOWN","ct":null,"call":"NEG"}]""",
            JsonSerializer.Serialize(json, Readable));
        Assert.Contains("3 read, 2 accepted, 1 refused", error);
        Assert.Contains("line 9 (A3): ct_not_number", error);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Of_several_files_each_row_names_its_own_and_a_refused_one_does_not_hide_the_others()
    {
        var good = Save("good.txt", MadeFiles.QuantStudio(MadeFiles.Row("A1", "T1", "N", "30")));
        var empty = Save("empty.txt", "");
        var (code, output, error) = Run("import", "lab-results", empty, good, "--dry-run", "--format", "json");
        Assert.Equal(1, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(good, Assert.Single(json.RootElement.EnumerateArray()).GetProperty("file").GetString());
        Assert.Contains("lab_file_empty", error);
    }

    [Fact]
    public void The_assay_and_the_mapping_come_from_files_or_names()
    {
        var table = Save("table.csv", "Well;Tube;ORF;N\nA1;T1;30,5;NoCt\n");
        var mapping = Save("map.json", """{"columns": {"well": "Well", "sample": "Tube"}, "ct": [{"column": "ORF", "target": "ORF1ab"}, {"column": "N", "target": "N"}]}""");
        var assay = Save("assay.json", """{"name": "x", "cutOff": 30, "genes": [{"name": "ORF1ab"}, {"name": "N"}]}""");
        Assert.Contains("SINGLE_TARGET", Run("import", "lab-results", table, "--dry-run", "--mapping", mapping).Output);
        Assert.Contains("\tNEG", Run("import", "lab-results", table, "--dry-run", "--mapping", mapping, "--assay", assay).Output);
        Assert.Contains("SINGLE_TARGET", Run(
            "import", "lab-results", table, "--dry-run", "--mapping", mapping, "--assay", "sars-cov-2-orf1ab-n").Output);
        Assert.Equal(1, Run("import", "lab-results", table, "--dry-run", "--mapping", mapping, "--assay", "nowhere").Code);
        Assert.Equal(1, Run("import", "lab-results", table, "--dry-run", "--mapping", table).Code);
    }

    [Theory]
    [InlineData(2, "import", "lab-results")]
    [InlineData(2, "import", "lab-results", "x", "--dry-run", "--format", "xml")]
    [InlineData(2, "import", "lab-results", "x", "--dry-rum")]
    [InlineData(1, "import", "lab-results", "/nowhere/at/all", "--dry-run")]
    [InlineData(1, "import", "lab-results", "/", "--dry-run")]
    [InlineData(0, "import", "lab-results", "--help")]
    public void The_exit_code_says_how_it_ended(int code, params string[] args) => Assert.Equal(code, Run(args).Code);

    string Save(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Program.Run(args, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }
}
