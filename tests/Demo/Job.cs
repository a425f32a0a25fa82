using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;

namespace ScopedTasks.Demo;

/// <summary>
/// The main job in its steps: install the package into a copy of a project, build, repair, rebuild; run, if it is the
/// Shop, before and after.
/// </summary>
public sealed class Job
{
    private const int MostRounds = 5;

    private readonly Arguments _arguments;
    private readonly Screen _screen;
    private readonly Copy _copy;
    private readonly Installation _installation;
    private readonly Sdk _sdk;
    private readonly Package _package;
    private readonly bool _isShop;
    private readonly List<string> _complaints = [];

    private Job(Arguments arguments, Package package, Copy copy, string home, Screen screen, bool isShop)
    {
        (_arguments, _package, _copy, _screen, _isShop) = (arguments, package, copy, screen, isShop);
        _installation = new Installation(copy, package, home);
        _sdk = new Sdk(copy.Folder, screen, _installation.Environment);
    }

    /// <summary>Does it, and tells by 0 that it could.</summary>
    /// <param name="args">As the user wrote them.</param>
    /// <param name="repository">Where the package and the Shop are.</param>
    /// <param name="screen">What the user sees.</param>
    public static async Task<int> RunAsync(string[] args, string repository, Screen screen)
    {
        try
        {
            await RunAsync(Arguments.Parse(args), repository, screen);
            return 0;
        }
        catch (DemoException failure)
        {
            screen.Failure(failure.Message);
            return 1;
        }
    }

    private static async Task RunAsync(Arguments arguments, string repository, Screen screen)
    {
        var shop = Path.Combine(repository, "tests", "Samples", "Shop", "Shop.csproj");
        var subject = arguments.Path is { } path ? Subject.Find(path) : shop;
        var home = Directory.CreateTempSubdirectory("scopedtasks-demo-").FullName;
        try
        {
            screen.Heading("1. Install the package");
            var copy = new Copy(subject, home);
            await CheckSdkAsync(copy, screen);
            var package = await Package.GetAsync(arguments.Package, repository, home, screen);
            screen.Line($"package   ScopedTasks {package.Version}, from a feed that is a folder");
            screen.Line($"project   {Path.GetFileName(subject)}");
            screen.Line($"copy      {copy.Folder}{(arguments.Keep ? " (kept)" : "")}, of {copy.Files} files");
            await new Job(arguments, package, copy, home, screen, subject == shop).RunAsync();
        }
        finally
        {
            if (!arguments.Keep) Directory.Delete(home, recursive: true);
        }
    }

    private static async Task CheckSdkAsync(Copy copy, Screen screen)
    {
        var (exitCode, text) = await new Sdk(copy.Folder, screen).TryRunAsync("--version");
        if (exitCode != 0)
        {
            throw new DemoException($"Its global.json asks for an SDK that is not on this machine.\n{text.Trim()}");
        }
    }

    private async Task RunAsync()
    {
        await RestoreAsync();

        _screen.Heading("2. Build: what is wrong");
        var before = await FirstBuildAsync();
        _screen.Table(before.Ours);
        if (before.Ours.Count == 0 && !_isShop)
        {
            Save(before, before, [], []);
            _screen.Heading("Result");
            _screen.Line($"Nothing was found in {Count(_installation.Projects.Count, "project")}: nothing to repair.");
            return;
        }

        var suffering = await ObserveAsync();
        Expect(suffering.Count > 0 == _isShop, "the scenarios say nothing");

        _screen.Heading("3. Repair: dotnet format analyzers --severity info, until a rebuild is silent");
        var sources = _copy.Read();
        var (after, errors) = await RepairAsync(before);
        var changes = Change.Between(sources, _copy.Read());
        _screen.Diff(changes);
        Judge(before, after, changes, errors);

        _screen.Heading("4. What is left after the rebuild");
        _screen.Table(after.Ours);
        _screen.Summary(before.Ours, after.Ours);

        var mistakes = new List<Mistake>();
        if (suffering.Count > 0 && errors is null)
        {
            _screen.Heading("5. Run, before and after");
            mistakes = Mistake.Join(before.Ours, suffering, await ObserveAsync());
            _screen.Comparison(mistakes);
            mistakes.ForEach(Judge);
        }

        Save(before, after, changes, mistakes);
        Conclude(before, after, changes, mistakes);
    }

    private async Task RestoreAsync()
    {
        var (exitCode, text) = await _sdk.TryRunAsync("restore", _copy.Name, "-v", "quiet");
        var projects = _installation.Projects;
        if (projects.FirstOrDefault(project => project.HadIt) is { } owner)
        {
            throw new DemoException($"""
                {_copy.NameOf(owner.File)} has installed ScopedTasks already. There, these do the job:
                  dotnet build
                  dotnet format analyzers --severity info
                """);
        }

        if (exitCode != 0)
        {
            throw await UnusableAsync("restore", text);
        }

        foreach (var project in projects.Where(project => !project.Fits))
        {
            _screen.Line($"left out  {_copy.NameOf(project.File)}: the package has nothing for {project.Framework}");
        }

        if (!projects.Any(project => project.Fits))
        {
            throw new DemoException($"The package can be installed into no C# project of {_copy.Name}.");
        }
    }

    private async Task<Log> FirstBuildAsync()
    {
        var (exitCode, text) = await BuildAsync();
        return exitCode == 0 ? ReadLog() : throw await UnusableAsync("build", text);
    }

    // Whose fault it is shows without the package.
    private async Task<DemoException> UnusableAsync(string command, string output)
    {
        var plain = new Sdk(_copy.Folder, _screen);
        var (exitCode, text) = await plain.TryRunAsync(command, _copy.Name, "-v", "quiet");
        var name = _copy.Name;
        return new DemoException(exitCode == 0
            ? $"{name} does {command}, but no longer with the package:\n{new BuildErrors(output, _copy)}"
            : $"{name} does not {command}, with or without the package:\n{new BuildErrors(text, _copy)}");
    }

    private Task<CommandOutput> BuildAsync() =>
        _sdk.TryRunAsync("build", _copy.Name, "--no-restore", "-v", "quiet", "-clp:NoSummary");

    private Log ReadLog() => Log.Read(_installation.Logs, _copy);

    private async Task<(Log Log, BuildErrors? Errors)> RepairAsync(Log log)
    {
        // A repair may uncover another mistake in the same file, so one run may not be enough.
        for (var round = 1; round <= MostRounds && log.Ours.Count > 0; round++)
        {
            var before = _copy.Read();
            await FormatAsync(log);
            var changed = Change.Between(before, _copy.Read()).Select(change => change.File).ToHashSet();
            if (changed.Count == 0)
            {
                break;
            }

            var (exitCode, text) = await BuildAsync();
            log = ReadLog();
            if (exitCode != 0)
            {
                return (log, new BuildErrors(text, _copy));
            }

            if (!log.Ours.Any(finding => changed.Contains(finding.File)))
            {
                break;
            }
        }

        return (log, null);
    }

    private async Task FormatAsync(Log log)
    {
        var ids = log.Ours.Select(finding => finding.Id).Distinct();
        var files = log.Ours.Select(finding => finding.File).Distinct().ToLookup(_copy.Contains);
        var subject = Formatted(files[true]);
        var folder = Path.GetDirectoryName(subject)!;
        var foreign = files[false].Select(file => Path.GetRelativePath(folder, Path.Combine(_copy.Folder, file)));
        foreach (var file in files[false])
        {
            _screen.Line($"left      {file}: it is not in the copy");
        }

        var sdk = new Sdk(folder, _screen, _installation.Environment);
        var output = await sdk.RunAsync(
        [
            "format", "analyzers", Path.GetFileName(subject), "--severity", "info", "--no-restore", "-v", "diag",
            "--diagnostics", .. ids, .. files[false].Any() ? foreign.Prepend("--exclude") : [],
        ]);
        _complaints.AddRange(output.Split('\n').Where(line => line.StartsWith("Failed to apply")));
    }

    // Of a project, dotnet format reads the project's own files; but its neighbours were built and shown too.
    private string Formatted(IEnumerable<string> files)
    {
        var projects = _installation.Projects.Select(project => project.File).Distinct().ToList();
        if ((projects.Count == 1 || Subject.IsSolution(_copy.Name)) && files.All(file => !file.StartsWith("../")))
        {
            return _copy.Subject;
        }

        var solution = Path.Combine(_copy.Root, "ScopedTasks.Demo.slnx");
        new XElement("Solution", projects.Select(project => new XElement("Project", new XAttribute("Path", project))))
            .Save(solution);
        return solution;
    }

    private async Task<List<Observation>> ObserveAsync()
    {
        if (!_isShop)
        {
            return [];
        }

        var output = await _sdk.RunAsync("run", "--no-build", "--project", _copy.Name, "--", "scenarios");
        return [.. output.Split('\n').Select(Observation.Parse).OfType<Observation>()];
    }

    private void Judge(Log before, Log after, List<Change> changes, BuildErrors? errors)
    {
        if (errors is not null)
        {
            Expect(false, $"After the repair it does not build:\n{errors}");
            return;
        }

        foreach (var finding in after.OthersSince(before))
        {
            var text = $"{finding.File}:{finding.Line}: {finding.Severity} {finding.Id}: {finding.Message}";
            _screen.Line($"new       {text}");
            Expect(!finding.IsTheCompilers && !_isShop, $"The repair brought {text}");
        }

        Expect(changes.Count > 0 || !_isShop, "dotnet format changed nothing");
        Expect(after.Ours.Count == 0 || !_isShop, $"{after.Ours.Count} findings are left");
    }

    private void Judge(Mistake mistake)
    {
        Expect(mistake.Ids.Length > 0, $"{mistake.Name}: nothing was found in {mistake.File}");
        Expect(!mistake.Before.Healthy, $"{mistake.Name}: did not suffer before ({mistake.Before.Fact})");
        Expect(mistake.After.Healthy, $"{mistake.Name}: still suffers ({mistake.After.Fact})");
    }

    private void Expect(bool holds, string complaint)
    {
        if (!holds) _complaints.Add(complaint);
    }

    private void Save(Log before, Log after, List<Change> changes, List<Mistake> mistakes)
    {
        if (_arguments.Json is not { } file)
        {
            return;
        }

        var result = new
        {
            _package.Version,
            Projects = _installation.Projects.Select(project => project with { File = _copy.NameOf(project.File) }),
            Findings = before.Ours,
            Remaining = after.Ours,
            New = after.OthersSince(before),
            Changed = changes.Select(change => change.File),
            Diffs = changes.Select(change => new
            {
                change.File,
                Lines = change.Excerpt().Select(edit => edit is null ? "@@" : Screen.Text(edit)),
            }),
            Mistakes = mistakes,
            Complaints = _complaints,
        };
        File.WriteAllText(file, JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
    }

    private void Conclude(Log before, Log after, List<Change> changes, List<Mistake> mistakes)
    {
        _screen.Heading("Result");
        if (_complaints.Count > 0)
        {
            throw new DemoException(string.Join("\n", _complaints));
        }

        var left = after.Ours.Count == 0 ? "the rebuilt code is silent" : $"{after.Ours.Count} are left to decide";
        var better = mistakes.Count == 0 ? "" : $" {mistakes.Count} of {mistakes.Count} scenarios run better.";
        var done = $"{Count(before.Ours.Count, "finding")}, repairs in {Count(changes.Count, "file")}";
        _screen.Line($"{done}; {left}.{better}");
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
