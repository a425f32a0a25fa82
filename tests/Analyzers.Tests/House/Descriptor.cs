using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>What is wrong with one descriptor.</summary>
internal static class Descriptor
{
    /// <summary>The hundred of ids that each family owns.</summary>
    public static IReadOnlyDictionary<string, int> Hundreds { get; } = new Dictionary<string, int>
    {
        ["Configuration"] = 0,
        ["LostTasks"] = 1,
        ["Blocking"] = 2,
        ["Cold"] = 3,
        ["Spawning"] = 4,
        ["Cancellation"] = 5,
        ["Scopes"] = 6,
    };

    public static IEnumerable<string> Violations(string stem, DiagnosticDescriptor descriptor)
    {
        var id = descriptor.Id;
        if (!Regex.IsMatch(id, "^SCOPE[0-9]{3}$"))
        {
            yield return $"{stem}: the id '{id}' is not of the form SCOPEfnn";
        }
        else if (!Hundreds.TryGetValue(descriptor.Category, out var hundred))
        {
            yield return $"{id}: the category '{descriptor.Category}' is not a family";
        }
        else if (id[5] - '0' != hundred)
        {
            yield return $"{id} is not in the range of {descriptor.Category} (SCOPE{hundred}nn)";
        }

        var title = Text(descriptor.Title);
        if (!Regex.IsMatch(title, @"^[A-Z'][^\n]*[^.\s]$") || title.Length > 80)
        {
            yield return $"{id}: the title '{title}' is not a short phrase with a capital and without a full stop";
        }

        var message = Text(descriptor.MessageFormat);
        if (message.EndsWith('.') || message.Trim() != message || message.Contains('\n'))
        {
            yield return $"{id}: the message '{message}' is not one phrase without a full stop";
        }

        if (!message.Contains("'{0}'"))
        {
            yield return $"{id}: the message '{message}' names nothing: it has no placeholder {{0}} in quotes";
        }

        if (!Regex.IsMatch(Text(descriptor.Description), @"^[A-Z'][^\n]*\.$"))
        {
            yield return $"{id}: the description is not whole sentences";
        }

        if (descriptor.HelpLinkUri != $"https://github.com/ScopedTasks/ScopedTasks/blob/main/{RulePage.PathOf(id)}")
        {
            yield return $"{id}: the help link '{descriptor.HelpLinkUri}' does not lead to {RulePage.PathOf(id)}";
        }
    }

    private static string Text(LocalizableString text) => text.ToString(CultureInfo.InvariantCulture);
}
