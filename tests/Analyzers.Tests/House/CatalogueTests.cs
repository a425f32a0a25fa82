using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using ScopedTasks.Analyzers.Catalogue;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The catalogue is in order: ids, families, texts, release tracking.</summary>
public class CatalogueTests
{
    [Fact]
    public void Every_descriptor_is_in_order() =>
        Verdict.IsClean(ShippedRules.ByStem.SelectMany(entry => Descriptor.Violations(entry.Key, entry.Value)));

    [Fact]
    public void Ids_are_unique() =>
        Verdict.IsClean(ShippedRules.ByStem.GroupBy(entry => entry.Value.Id).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key} is the id of {string.Join(" and ", same.Select(entry => entry.Key))}"));

    [Fact]
    public void All_holds_every_descriptor_by_id() =>
        Assert.Equal(
            ShippedRules.ByStem.Values.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal),
            Descriptors.All.Select(descriptor => descriptor.Id));

    [Fact]
    public void Every_family_is_named_as_its_field_and_has_a_hundred_of_ids() =>
        Verdict.IsClean(typeof(Families).GetFields()
            .Where(field => (string?)field.GetRawConstantValue() != field.Name
                || !Descriptor.Hundreds.ContainsKey(field.Name))
            .Select(field => $"Families.{field.Name} has another value, or no hundred"));

    [Fact]
    public void Every_descriptor_is_reported_by_an_analyzer() =>
        Verdict.IsClean(Descriptors.All.Except(ShippedRules.Implemented)
            .Select(descriptor => $"No analyzer reports {descriptor.Id}"));

    [Fact]
    public void Every_analyzer_reports_descriptors_of_the_catalogue() =>
        Verdict.IsClean(ShippedRules.Implemented.Except(Descriptors.All)
            .Select(descriptor => $"{descriptor.Id} is reported, and is not in Descriptors"));

    [Fact]
    public void The_release_notes_equal_the_descriptors() =>
        Assert.Equal(
            ShippedRules.ByStem.OrderBy(entry => entry.Value.Id, StringComparer.Ordinal)
                .Select(entry => ReleaseNotes.LineFor(entry.Key, entry.Value)),
            ReleaseNotes.Effective(
                Repository.Read("src/AnalyzerReleases.Shipped.md"),
                Repository.Read("src/AnalyzerReleases.Unshipped.md")));

    [Fact]
    public void Every_fix_offers_the_plans_that_the_catalogue_names() =>
        Verdict.IsClean(ShippedFixes.All
            .SelectMany(fix => fix.FixableDiagnosticIds, (fix, id) => (Fix: fix, Id: id))
            .Where(pair => pair.Id.StartsWith("SCOPE", StringComparison.Ordinal)
                && !ShippedFixes.PlansOf(pair.Fix).SequenceEqual(PlanNames.Of(pair.Id)))
            .Select(pair => $"{pair.Fix} offers {string.Join(", ", ShippedFixes.PlansOf(pair.Fix))}, "
                + $"and the catalogue names {string.Join(", ", PlanNames.Of(pair.Id))}"));

    [Theory]
    [InlineData("SCOPE201", "Title", "'{0}' is left alone", "Description.", "LostTasks", "not in the range")]
    [InlineData("SCOPE1", "Title", "'{0}' is left alone", "Description.", "LostTasks", "not of the form")]
    [InlineData("SCOPE101", "A title.", "'{0}' is left alone", "Description.", "LostTasks", "title")]
    [InlineData("SCOPE101", "Title", "'{0}' is left alone.", "Description.", "LostTasks", "message")]
    [InlineData("SCOPE101", "Title", "something is left alone", "Description.", "LostTasks", "names nothing")]
    [InlineData("SCOPE101", "Title", "'{1}' is left alone", "Description.", "LostTasks", "placeholder {0}")]
    [InlineData("SCOPE101", "Title", "'{0}' is left alone", "No end", "LostTasks", "description")]
    [InlineData("SCOPE101", "Title", "'{0}' is left alone", "Description.", "Unknown", "not a family")]
    [InlineData("SCOPE101", "Title", "'{0}' is left alone", "Description.", "LostTasks", "help link")]
    public void Names_what_is_wrong_with_a_descriptor(
        string id, string title, string message, string description, string family, string expected)
    {
        var descriptor = new DiagnosticDescriptor(
            id, title, message, family, DiagnosticSeverity.Warning, true, description, "https://elsewhere.example");

        Assert.Contains(Descriptor.Violations("MadeUp", descriptor), violation => violation.Contains(expected));
    }

    [Fact]
    public void Reads_changed_and_removed_rules_of_the_release_notes()
    {
        const string Shipped = """
            ## Release 1.0

            ### New Rules

            Rule ID | Category | Severity | Notes
            --------|----------|----------|-------
            SCOPE101 | LostTasks | Warning | DroppedTask
            SCOPE102 | LostTasks | Info | DiscardedTask
            """;
        const string Unshipped = """
            ### Changed Rules

            Rule ID | New Category | New Severity | Old Category | Old Severity | Notes
            --------|--------------|--------------|--------------|--------------|-------
            SCOPE102 | LostTasks | Warning | LostTasks | Info | DiscardedTask

            ### Removed Rules

            Rule ID | Category | Severity | Notes
            --------|----------|----------|-------
            SCOPE101 | LostTasks | Warning | DroppedTask
            """;

        Assert.Equal(["SCOPE102 | LostTasks | Warning | DiscardedTask"], ReleaseNotes.Effective(Shipped, Unshipped));
    }
}
