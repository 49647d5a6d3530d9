using System.CommandLine;
using Qipan.LineLists;

namespace Qipan.Cli.Commands;

/// <summary>`qipan mapping list|show|check|guess|add`: which mappings of line lists there are, what is wrong with one, which fits a file.</summary>
static class MappingCommand
{
    public static Command Make() => new("mapping", "Mappings of line lists: list, show, check, guess which fits a file, keep one.")
    {
        MakeList(), MakeShow(), MakeCheck(), MakeGuess(), MakeAdd(),
    };

    static Option<string?> Data() => new("--store", "--data") { Description = "A data folder, whose folder mappings is read besides the ready ones.", HelpName = "DIR" };

    static MappingBook Book(ParseResult parsed, Option<string?> data) =>
        new(parsed.GetValue(data) is { } folder ? Path.Combine(folder, "mappings") : null);

    static Command MakeList()
    {
        var data = Data();
        var command = new Command("list", "Every mapping that is in order.") { data };
        command.SetAction(parsed =>
        {
            foreach (var mapping in Book(parsed, data).All)
                parsed.InvocationConfiguration.Output.WriteLine(
                    $"{mapping.Name,-26} {mapping.Kind.ToString().ToLowerInvariant(),-9} list {mapping.List,-24} {mapping.Title}{(mapping.Ready ? "" : " (of the data folder)")}");
            return ExitCode.Done;
        });
        return command;
    }

    static Command MakeShow()
    {
        var name = new Argument<string>("NAME") { Description = "A mapping's name, or its file." };
        var data = Data();
        var command = new Command("show", "The mapping's file: copy it to begin one of your own.") { name, data };
        command.SetAction(parsed =>
        {
            var found = Book(parsed, data).Named(parsed.GetRequiredValue(name));
            if (!found.Ok)
                return ExitCode.Refuse(parsed.InvocationConfiguration.Error, found.Refusal);
            parsed.InvocationConfiguration.Output.Write(found.Value.Text);
            return ExitCode.Done;
        });
        return command;
    }

    static Command MakeCheck()
    {
        var files = new Argument<string[]>("FILE") { Description = "YAML files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Says everything that is wrong with a mapping's file: line, column and reason.") { files };
        command.SetAction(parsed => Told(parsed, [.. parsed.GetRequiredValue(files).Select(MappingBook.Check)]));
        return command;
    }

    static Command MakeAdd()
    {
        var file = new Argument<string>("FILE") { Description = "A YAML file." };
        var data = Data();
        data.Required = true;
        var command = new Command("add", "Keeps a mapping that is in order in the data folder.") { file, data };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var found = MappingBook.Check(path);
            if (found.Mapping is not null)
                found = Book(parsed, data).Save(File.ReadAllBytes(path));
            return Told(parsed, [found]);
        });
        return command;
    }

    static Command MakeGuess()
    {
        var file = new Argument<string>("FILE") { Description = "CSV or .xlsx." };
        var data = Data();
        var command = new Command("guess", "Which mappings fit the heads of a file, the best first.") { file, data };
        command.SetAction(parsed =>
        {
            var heads = ReadHeads.Of(parsed.GetRequiredValue(file));
            if (!heads.Ok)
                return ExitCode.Refuse(parsed.InvocationConfiguration.Error, heads.Refusal);
            var fits = Book(parsed, data).Fitting(heads.Value);
            foreach (var fit in fits)
                parsed.InvocationConfiguration.Output.WriteLine($"{fit.Mapping.Name,-26} {fit.Found} of {fit.Known} columns  {fit.Mapping.Title}");
            return fits.Count > 0 ? ExitCode.Done : ExitCode.Refuse(parsed.InvocationConfiguration.Error, new MappingNotFound());
        });
        return command;
    }

    static int Told(ParseResult parsed, IReadOnlyList<CheckedMapping> files)
    {
        var output = parsed.InvocationConfiguration.Output;
        foreach (var file in files)
            if (file.Mapping is { } mapping)
                output.WriteLine($"{file.File}: {mapping.Name} is in order: {mapping.Kind.ToString().ToLowerInvariant()} of the list {mapping.List}");
            else
                output.WriteLine(string.Join(Environment.NewLine, file.Findings));
        var mistakes = files.Sum(f => f.Findings.Count);
        if (mistakes == 0)
            return ExitCode.Done;
        parsed.InvocationConfiguration.Error.WriteLine($"mapping_wrong: {mistakes} mistakes.");
        return ExitCode.Refused;
    }
}
