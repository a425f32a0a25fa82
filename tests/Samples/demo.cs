#!/usr/bin/env dotnet
#:property PublishAot=false

// The main job, end to end, on a machine that has nothing but the .NET SDK:
// a project installs the package, a build shows what is wrong, dotnet format repairs it, a rebuild is silent.
//
//   dotnet run tests/Samples/demo.cs                            the Shop of the samples, and what becomes of it
//   dotnet run tests/Samples/demo.cs -- path/to/project.csproj  any other project (a copy of its folder is changed)
//
//   --package <file.nupkg>   install this package instead of packing one
//   --json <file>            write what was found, changed and seen
//   --keep                   leave the working folder for a look

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

try
{
    await new Demo(Arguments.Parse(args)).RunAsync();
    return 0;
}
catch (DemoException failure)
{
    Screen.Failure(failure.Message);
    return 1;
}

/// <summary>The job in its five steps.</summary>
sealed class Demo(Arguments arguments)
{
    private const int MostRounds = 5;

    private readonly string _home = Directory.CreateTempSubdirectory("scopedtasks-demo-").FullName;
    private readonly List<string> _complaints = [];

    public async Task RunAsync()
    {
        try
        {
            Screen.Heading("1. Install the package");
            var package = await PackAsync();
            var sdk = new Sdk(_home, Path.Combine(_home, "packages"));
            var project = Install(package);

            Screen.Heading("2. Build: what is wrong");
            var before = await BuildAsync(sdk, project);
            Screen.Table(before.Ours);
            Expect(before.Ours.Count > 0, "nothing was found");
            var suffering = await ObserveAsync(sdk, project);
            Expect(suffering.Count > 0 == arguments.HasScenarios, "the scenarios say nothing");

            Screen.Heading("3. Repair: dotnet format analyzers --severity info, until a rebuild is silent");
            var sources = Sources.Read(project);
            var after = await RepairAsync(sdk, project, before);
            var changes = Sources.Compare(sources, Sources.Read(project));
            changes.ForEach(change => Screen.Diff(change.File, change.Old, change.New));
            Expect(changes.Count > 0, "dotnet format changed nothing");

            Screen.Heading("4. What is left after the rebuild");
            Screen.Table(after.Ours);
            Expect(after.Ours.Count == 0, $"{after.Ours.Count} findings are left");
            Expect(
                after.Others.Keys.All(before.Others.ContainsKey),
                $"new warnings of others: {string.Join(", ", after.Others.Keys.Except(before.Others.Keys))}");

            var mistakes = new List<Mistake>();
            if (suffering.Count > 0)
            {
                Screen.Heading("5. Run, before and after");
                mistakes = Mistake.Join(before.Ours, suffering, await ObserveAsync(sdk, project));
                Screen.Comparison(mistakes);
                mistakes.ForEach(Judge);
            }

            if (arguments.Json is { } file)
            {
                Save(file, package, before, after, changes, mistakes);
            }

            Conclude(before.Ours.Count, changes.Count, mistakes.Count);
        }
        finally
        {
            if (!arguments.Keep) Directory.Delete(_home, recursive: true);
        }
    }

    private async Task<Package> PackAsync()
    {
        var feed = Directory.CreateDirectory(Path.Combine(_home, "feed")).FullName;
        if (arguments.Package is { } ready)
        {
            File.Copy(ready, Path.Combine(feed, Path.GetFileName(ready)));
        }
        else
        {
            var sdk = new Sdk(Arguments.Repository);
            await sdk.RunAsync("pack", "src.Package", "-c", "Release", "-o", feed, "-v", "quiet");
        }

        var file = Directory.GetFiles(feed, "ScopedTasks.*.nupkg").SingleOrDefault()
            ?? throw new DemoException($"There is no package ScopedTasks in {feed}.");
        var version = Path.GetFileNameWithoutExtension(file)["ScopedTasks.".Length..];
        Screen.Line($"package   ScopedTasks {version}, from a feed that is a folder");
        return new Package(feed, version);
    }

    private string Install(Package package)
    {
        var folder = Path.GetDirectoryName(arguments.Project)!;
        var copy = Path.Combine(_home, Path.GetFileName(folder));
        Sources.Copy(folder, copy);

        var project = Path.Combine(copy, Path.GetFileName(arguments.Project));
        var text = File.ReadAllText(project);
        var reference = $"""
              <ItemGroup>
                <PackageReference Include="ScopedTasks" Version="{package.Version}" />
              </ItemGroup>


            """;
        File.WriteAllText(project, text.Insert(text.LastIndexOf("</Project>", StringComparison.Ordinal), reference));
        File.WriteAllText(Path.Combine(_home, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="ScopedTasks from a folder" value="{package.Feed}" />
              </packageSources>
            </configuration>
            """);
        Screen.Line($"project   {Path.GetFileName(project)}, a copy: {copy}{(arguments.Keep ? " (kept)" : "")}");
        return project;
    }

    private async Task<Log> BuildAsync(Sdk sdk, string project)
    {
        var log = Path.Combine(_home, "build.sarif");
        File.Delete(log);
        await sdk.RunAsync("build", project, "--no-incremental", "-v", "quiet", $"-p:ErrorLog={log}%2Cversion=2.1");
        return Log.Read(log, Path.GetDirectoryName(project)!);
    }

    private async Task<Log> RepairAsync(Sdk sdk, string project, Log log)
    {
        // A repair may uncover another mistake at the same place, so one run may not be enough.
        for (var round = 1; round <= MostRounds && log.Ours.Count > 0; round++)
        {
            var before = Sources.Read(project);
            var ids = log.Ours.Select(finding => finding.Id).Distinct();
            string[] format = ["format", "analyzers", project, "--severity", "info", "--no-restore", "-v", "diag"];
            var output = await sdk.RunAsync([.. format, "--diagnostics", .. ids]);
            _complaints.AddRange(output.Split('\n').Where(line => line.StartsWith("Failed to apply")));
            log = await BuildAsync(sdk, project);
            if (Sources.Compare(before, Sources.Read(project)).Count == 0)
            {
                break;
            }
        }

        return log;
    }

    private async Task<List<Observation>> ObserveAsync(Sdk sdk, string project)
    {
        if (!arguments.HasScenarios)
        {
            return [];
        }

        var output = await sdk.RunAsync("run", "--no-build", "--project", project, "--", "scenarios");
        return [.. output.Split('\n').Select(Observation.Parse).OfType<Observation>()];
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

    private void Save(string file, Package package, Log before, Log after, List<Change> changes, List<Mistake> mistakes)
    {
        var result = new
        {
            package.Version,
            Findings = before.Ours,
            Remaining = after.Ours,
            Changed = changes.Select(change => change.File),
            Mistakes = mistakes,
            Complaints = _complaints,
        };
        File.WriteAllText(file, JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
    }

    private void Conclude(int findings, int files, int mistakes)
    {
        Screen.Heading("Result");
        if (_complaints.Count > 0)
        {
            throw new DemoException(string.Join("\n", _complaints));
        }

        var better = mistakes == 0 ? "" : $" {mistakes} of {mistakes} scenarios run better.";
        Screen.Line($"{findings} findings, repaired in {files} files; the rebuilt project is silent.{better}");
    }
}

/// <summary>What the caller wants.</summary>
sealed record Arguments(string Project, bool HasScenarios, string? Package, string? Json, bool Keep)
{
    public static string Repository { get; } =
        Path.GetFullPath("../..", (string)AppContext.GetData("EntryPointFileDirectoryPath")!);

    public static Arguments Parse(string[] args)
    {
        string? project = null, package = null, json = null;
        var keep = false;
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var argument))
        {
            switch (argument)
            {
                case "--keep": keep = true; break;
                case "--package": package = Path.GetFullPath(Value(argument)); break;
                case "--json": json = Path.GetFullPath(Value(argument)); break;
                case ['-', ..]: throw new DemoException($"No such option: {argument} (--package, --json, --keep).");
                default: project = FindProject(Path.GetFullPath(argument)); break;
            }
        }

        var shop = Path.Combine(Repository, "tests", "Samples", "Shop", "Shop.csproj");
        return new Arguments(project ?? shop, project is null || project == shop, package, json, keep);

        string Value(string option)
            => rest.TryDequeue(out var value) ? value : throw new DemoException($"{option} needs a value.");
    }

    private static string FindProject(string path) => path switch
    {
        _ when File.Exists(path) && path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) => path,
        _ when Directory.Exists(path) && Directory.GetFiles(path, "*.csproj") is [var only] => only,
        _ => throw new DemoException($"{path} is neither a .csproj file nor a folder with exactly one."),
    };
}

/// <summary>The dotnet command, with a package cache of its own, so that no older one is used.</summary>
sealed class Sdk(string folder, string? packages = null)
{
    public async Task<string> RunAsync(params string[] arguments)
    {
        Screen.Command(arguments);
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
        }

        using var process = Process.Start(start) ?? throw new DemoException("dotnet could not be started.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(output, errors, process.WaitForExitAsync());
        if (process.ExitCode != 0)
        {
            var digest = Digest(await output + await errors);
            throw new DemoException($"dotnet {string.Join(' ', arguments)} failed ({process.ExitCode}):\n{digest}");
        }

        return await output;
    }

    /// <summary>Builds say everything twice; the end says why.</summary>
    private static string Digest(string output)
        => string.Join('\n', output.Split('\n').Select(line => line.TrimEnd()).Distinct().TakeLast(40));
}

/// <summary>A package in a folder.</summary>
sealed record Package(string Feed, string Version);

/// <summary>A diagnostic: one of ours when the package reports it, or repairs it (the compiler's CS4014).</summary>
sealed record Finding(string Id, string Severity, string File, int Line, string Message);

/// <summary>What a build reported: our findings in order, and how often others reported what.</summary>
sealed record Log(IReadOnlyList<Finding> Ours, IReadOnlyDictionary<string, int> Others)
{
    public static Log Read(string file, string folder)
    {
        if (!File.Exists(file))
        {
            throw new DemoException("The build wrote no log.");
        }

        var results = JsonNode.Parse(File.ReadAllText(file))!["runs"]![0]!["results"]!.AsArray();
        var findings = results
            .Where(result => result!["suppressions"] is not JsonArray { Count: > 0 })
            .Select(result => Parse(result!, folder))
            .OrderBy(finding => finding.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)
            .ToList();
        return new Log(
            [.. findings.Where(IsOurs)],
            findings.Where(finding => !IsOurs(finding) && finding.Severity != "suggestion")
                .CountBy(finding => finding.Id)
                .ToDictionary());
    }

    private static bool IsOurs(Finding finding)
        => finding.Id == "CS4014" || finding.Id.StartsWith("SCOPE", StringComparison.Ordinal);

    private static Finding Parse(JsonNode result, string folder)
    {
        var place = result["locations"]?[0]?["physicalLocation"];
        var uri = (string?)place?["artifactLocation"]?["uri"];
        return new Finding(
            (string)result["ruleId"]!,
            (string?)result["level"] switch { "note" => "suggestion", null => "warning", var level => level },
            uri is null ? "" : Path.GetRelativePath(folder, new Uri(uri).LocalPath).Replace('\\', '/'),
            (int?)place?["region"]?["startLine"] ?? 0,
            (string)result["message"]!["text"]!);
    }
}

/// <summary>What a scenario of the sample saw.</summary>
sealed partial record Observation(string Name, string File, bool Healthy, string Fact)
{
    public static Observation? Parse(string line) => Shape().Match(line.TrimEnd()) is { Success: true } match
        ? new(match.Groups[2].Value, match.Groups[3].Value, match.Groups[1].Value == "fine", match.Groups[4].Value)
        : null;

    [GeneratedRegex(@"^\[(fine|suffers)\] (.+?) \((.+?)\): (.+)$")]
    private static partial Regex Shape();
}

/// <summary>A mistake of the sample: what was reported for it, what it did, and what it does no longer.</summary>
sealed record Mistake(string Name, string File, string[] Ids, Observation Before, Observation After)
{
    public static List<Mistake> Join(
        IReadOnlyList<Finding> findings, IReadOnlyList<Observation> before, IReadOnlyList<Observation> after)
        => [.. before.Select(old => new Mistake(
            old.Name,
            old.File,
            [.. findings.Where(finding => finding.File == old.File).Select(finding => finding.Id).Distinct()],
            old,
            after.FirstOrDefault(now => now.Name == old.Name) ?? old with { Fact = "was not run" }))];
}

/// <summary>A file before and after.</summary>
sealed record Change(string File, string[] Old, string[] New);

/// <summary>The files of a project, apart from what builds leave there.</summary>
static class Sources
{
    private static readonly string[] Left = ["bin", "obj", ".git", ".vs", "artifacts"];

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.GetDirectories(from).Where(folder => !Left.Contains(Path.GetFileName(folder))))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    public static SortedDictionary<string, string> Read(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !Left.Contains(file.Split('/')[0]))
            .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(folder, file)));
        return new(files, StringComparer.Ordinal);
    }

    public static List<Change> Compare(SortedDictionary<string, string> before, SortedDictionary<string, string> after)
        => [.. before.Where(old => after[old.Key] != old.Value)
            .Select(old => new Change(old.Key, Lines(old.Value), Lines(after[old.Key])))];

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}

/// <summary>What can be seen: headings, tables, diffs, in colour where the terminal has some.</summary>
static class Screen
{
    private const int Context = 2;

    private static readonly bool Colours =
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;

    public static void Line(string text) => Console.WriteLine(text);

    public static void Heading(string text)
        => Console.WriteLine($"\n{Paint("1", text)}\n{new string('=', text.Length)}");

    public static void Command(string[] arguments)
        => Console.WriteLine(Paint("2", $"> dotnet {string.Join(' ', arguments)}"));

    public static void Failure(string text) => Console.Error.WriteLine(Paint("31", $"FAILED\n{text}"));

    public static void Table(IReadOnlyList<Finding> findings)
    {
        var width = findings.Select(finding => Place(finding).Length).DefaultIfEmpty().Max();
        foreach (var finding in findings)
        {
            var severity = Paint(finding.Severity == "suggestion" ? "36" : "33", finding.Severity.PadRight(10));
            Console.WriteLine($"{finding.Id,-8}  {severity}  {Place(finding).PadRight(width)}  {finding.Message}");
        }

        var counts = findings.CountBy(finding => finding.Severity).Select(pair => $", {pair.Key}: {pair.Value}");
        Console.WriteLine($"Findings: {findings.Count}{string.Concat(counts)}");
    }

    public static void Comparison(List<Mistake> mistakes)
    {
        foreach (var mistake in mistakes)
        {
            Console.WriteLine($"{Paint("1", mistake.Name)}  {string.Join(", ", mistake.Ids)}  {mistake.File}");
            Console.WriteLine($"  before  {Paint(mistake.Before.Healthy ? "32" : "31", mistake.Before.Fact)}");
            Console.WriteLine($"  after   {Paint(mistake.After.Healthy ? "32" : "31", mistake.After.Fact)}");
        }
    }

    public static void Diff(string file, string[] before, string[] after)
    {
        Console.WriteLine(Paint("1", $"--- {file}\n+++ {file}"));
        var edits = Edits(before, after);
        var shown = edits.Index().Where(edit => edit.Item.Mark != ' ')
            .SelectMany(edit => Enumerable.Range(edit.Index - Context, (2 * Context) + 1))
            .ToHashSet();
        for (var i = 0; i < edits.Count; i++)
        {
            if (shown.Contains(i))
            {
                var colour = edits[i].Mark switch { '+' => "32", '-' => "31", _ => "0" };
                Console.Write(shown.Contains(i - 1) ? "" : Paint("36", $"@@ line {edits[i].Line} @@\n"));
                Console.WriteLine(Paint(colour, $"{edits[i].Mark} {edits[i].Text}".TrimEnd()));
            }
        }
    }

    /// <summary>The longest common subsequence, walked from the start; the line is the one in the old file.</summary>
    private static List<(char Mark, int Line, string Text)> Edits(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j]
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var edits = new List<(char, int, string)>();
        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                edits.Add((' ', i + 1, before[i++]));
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                edits.Add(('-', i + 1, before[i++]));
            }
            else
            {
                edits.Add(('+', i + 1, after[j++]));
            }
        }

        return edits;
    }

    private static string Place(Finding finding) => $"{finding.File}:{finding.Line}";

    private static string Paint(string colour, string text) => Colours ? $"\e[{colour}m{text}\e[0m" : text;
}

/// <summary>Ends the demo with a message for its reader.</summary>
sealed class DemoException(string message) : Exception(message);
