using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace ScopedTasks.Package.Tests;

/// <summary>Clients in one solution: builds and formats them, and reads what the compiler found in each.</summary>
internal sealed class Workspace
{
    private static readonly Regex Printed = new(
        @"(?<severity>warning|error) (?<id>SCOPE\w+): .*\[.*[/\\](?<project>\w+)\.csproj(::.*)?\]$");

    private readonly string folder;

    public Workspace(string folder, IEnumerable<Client> clients)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        foreach (var client in clients)
        {
            client.Write(folder);
        }

        var projects = string.Concat(clients.Select(client => $"<Project Path=\"{client.Path}\" />"));
        File.WriteAllText(Path.Combine(folder, "Clients.slnx"), $"<Solution>{projects}</Solution>");
    }

    public Task<CommandResult> BuildAsync(params IEnumerable<string> arguments) =>
        Dotnet.RunAsync(folder, ["build", "Clients.slnx", "-clp:NoSummary", "-m:2", .. arguments]);

    public Task<CommandResult> RestoreAsync() => Dotnet.RunAsync(folder, "restore", "Clients.slnx");

    public Task<CommandResult> FormatAsync(params IEnumerable<string> arguments) =>
        Dotnet.RunAsync(folder, ["format", "analyzers", "Clients.slnx", "--no-restore", .. arguments]);

    public string PathOf(Client client, params IEnumerable<string> parts) =>
        Path.Combine([folder, client.Name, .. parts]);

    /// <summary>Our diagnostics in the compiler's log, suggestions included, by file and line.</summary>
    public IReadOnlyList<string> FindingsIn(Client client) =>
        [.. LoggedIn(client).Where(finding => finding.StartsWith("SCOPE"))];

    /// <summary>All diagnostics in the compiler's log, by file and line.</summary>
    public IReadOnlyList<string> LoggedIn(Client client)
    {
        using var log = JsonDocument.Parse(File.ReadAllText(PathOf(client, "log.sarif")));
        var results = log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Where(result => !result.TryGetProperty("suppressions", out _))
            .Select(Read);
        return [.. results.OrderBy(finding => finding.File).ThenBy(finding => finding.Line).Select(f => f.Text)];
    }

    /// <summary>Our diagnostics as the build printed them, each once, by id.</summary>
    public static IReadOnlyList<string> PrintedBy(CommandResult build, Client client) =>
    [
        .. build.Lines.Select(line => line.Trim()).Distinct().Select(line => Printed.Match(line))
            .Where(match => match.Success && match.Groups["project"].Value == client.Name)
            .Select(match => $"{match.Groups["id"].Value} {match.Groups["severity"].Value}")
            .Order(),
    ];

    private static (string File, int Line, string Text) Read(JsonElement result)
    {
        var id = result.GetProperty("ruleId").GetString();
        var level = result.TryGetProperty("level", out var value) ? value.GetString() : "warning";
        if (!result.TryGetProperty("locations", out var locations) || locations.GetArrayLength() == 0)
        {
            return ("", 0, $"{id} {level}");
        }

        var place = locations[0].GetProperty("physicalLocation");
        var file = Path.GetFileName(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!);
        return (file, place.GetProperty("region").GetProperty("startLine").GetInt32(), $"{id} {level}");
    }
}
