using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>docs/formats/lab-files.md against the program.</summary>
public sealed partial class LabFilesDocTests
{
    static readonly string Root = FindRoot();
    static readonly string Doc = File.ReadAllText(Path.Combine(Root, "docs", "formats", "lab-files.md"));

    [Fact]
    public void The_mapping_and_the_assay_of_the_document_are_read()
    {
        var blocks = JsonBlock().Matches(Doc).Select(match => new MemoryStream(Encoding.UTF8.GetBytes(match.Groups["json"].Value))).ToList();
        Assert.Equal(2, blocks.Count);
        Assert.Null(ColumnMapping.Read(blocks[0]).Refusal);
        Assert.Null(AssayFile.Read(blocks[1]).Refusal);
    }

    [Fact]
    public void Every_code_of_a_problem_or_refusal_is_in_the_document()
    {
        var problems = typeof(FileProblems).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => (((string Code, string, string))field.GetValue(null)!).Code).ToList();
        var folder = Path.Combine(Root, "src", "Journey", "Laboratory", "Files");
        var refusals = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => RefusalCode().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value)).Distinct().ToList();
        Assert.True(problems.Count > 25 && refusals.Count > 20);
        Assert.Empty(problems.Concat(refusals).Where(code => !Doc.Contains($"`{code}`")));
    }

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex JsonBlock();

    [GeneratedRegex("\"(?<code>lab_[a-z_]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RefusalCode();

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Qipan.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
