using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Kernel;

namespace Qipan.Laboratory.Files;

/// <summary>Reads an assay from JSON, and the assays that come with the program.</summary>
public static class AssayFile
{
    const string Prefix = "assay.";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter<ControlKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The name of the assay that is taken where none is named: any target, one cut-off.</summary>
    public const string DefaultName = "any-target";

    /// <summary>The names of the assays that come with the program.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(AssayFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".json".Length]).Order(StringComparer.Ordinal)];

    /// <summary>The assay of this name that comes with the program, or a refusal that lists the names.</summary>
    public static Outcome<Assay> Named(string name)
    {
        if (Names.Contains(name, StringComparer.Ordinal))
        {
            using var stream = typeof(AssayFile).Assembly.GetManifestResourceStream($"{Prefix}{name}.json")!;
            return Read(stream);
        }
        return new Refusal(
            "lab_assay_unknown", RefusalKind.NotFound,
            $"There is no assay of this name and no such file: take a JSON file or one of {string.Join(", ", Names)}.",
            $"没有该名称的试剂，也没有该文件：请用 JSON 文件或 {string.Join("、", Names)}。");
    }

    /// <summary>The assay in this JSON, or why it is none. Reads at most a mebibyte.</summary>
    public static Outcome<Assay> Read(Stream stream)
    {
        if (SmallJson.Read<Assay>(stream, Json, out var path) is not { } assay)
        {
            return FileRefusals.Assay(
                path, $"The assay is not valid JSON of its kind at \"{path}\": see docs/formats/lab-files.md.",
                $"试剂文件在“{path}”处不合格式：见 docs/formats/lab-files.md。");
        }
        return Check(assay) is { } refusal ? refusal : assay;
    }

    /// <summary>Why these numbers and names contradict each other; null when they do not.</summary>
    public static Refusal? Check(Assay assay)
    {
        ArgumentNullException.ThrowIfNull(assay);
        if (assay.Genes is null || assay.Controls is null || assay.Genes.Any(gene => gene?.Targets is null)
            || assay.Controls.Any(c => c?.Samples is null))
            return FileRefusals.Assay("genes", "The lists of the assay are lists, not null.", "试剂中的列表不能为 null。");
        if (!Cycles(assay.CutOff) || !assay.Genes.All(gene => Cycles(gene.CutOff ?? assay.CutOff))
            || assay.InternalControl is { } control && !Cycles(control.CutOff))
            return FileRefusals.Assay("cutOff", "Every cut-off is a number of cycles above 0 and up to 100.", "各截断值须为 0 以上、100 以内的循环数。");
        if (assay.Genes.Append(null).Any(gene => Grey(assay, gene) is { } grey && !(grey > 0 && grey < (gene?.CutOff ?? assay.CutOff))))
            return FileRefusals.Assay("greyAbove", "The grey zone begins below the cut-off.", "灰区须始于截断值以下。");
        var names = assay.Genes.SelectMany(gene => gene.Targets.Append(gene.Name).Distinct(StringComparer.OrdinalIgnoreCase))
            .Concat(assay.InternalControl?.Targets ?? []).ToList();
        if (names.Exists(string.IsNullOrWhiteSpace) || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
            return FileRefusals.Assay("genes", "A target name is blank, or belongs to two genes.", "靶标名为空，或同属两个基因。");
        if (assay.GenesForPositive is { } needed && (needed < 1 || assay.Genes.Count > 0 && needed > assay.Genes.Count))
            return FileRefusals.Assay("genesForPositive", "The genes for a positive are between 1 and all.", "判阳所需基因数须在 1 与全部之间。");
        return assay.Controls.Any(control => control.Kind == ControlKind.Internal)
            ? FileRefusals.Assay("controls", "The internal control stands under internalControl, not among the controls.",
                "内标写在 internalControl 下，不在 controls 中。")
            : null;
    }

    static double? Grey(Assay assay, AssayGene? gene) => gene?.GreyAbove ?? assay.GreyAbove;

    static bool Cycles(double value) => value is > 0 and <= 100;
}
