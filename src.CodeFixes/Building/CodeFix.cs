using ScopedTasks.Analyzers.Flow;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// The base of every fix: finds the site, asks the rule's plans in menu order and offers what they write. The first
/// that holds at a site carries the key <c>SCOPEnnn</c>, every other <c>SCOPEnnn.Plan</c>.
/// </summary>
public abstract class CodeFix : CodeFixProvider
{
    private protected CodeFix(DiagnosticDescriptor rule, params Plan[] plans)
    {
        Rule = rule;
        Plans = plans.ToImmutableArray();
        FixableDiagnosticIds = ImmutableArray.Create(rule.Id);
    }

    public override ImmutableArray<string> FixableDiagnosticIds { get; }

    internal DiagnosticDescriptor Rule { get; }

    internal ImmutableArray<Plan> Plans { get; }

    public sealed override FixAllProvider GetFixAllProvider() => FixAll.Everywhere;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            if (!root.FullSpan.Contains(diagnostic.Location.SourceSpan))
            {
                continue;
            }

            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (SiteAt(context.Document, root, model, diagnostic.Id, node, context.CancellationToken) is not { } site)
            {
                continue;
            }

            foreach (var action in await ActionsAtAsync(site).ConfigureAwait(false))
            {
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    /// <summary>
    /// What is wrong at the node, by the same floor that the rule asks; null when nothing is (any more).
    /// </summary>
    private protected abstract Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken);

    /// <summary>Whether a diagnostic with that id may stand for the finding.</summary>
    private protected virtual bool Speaks(string id, Finding finding) => id == finding.Rule.Id;

    /// <summary>The plans in the order that suits the site.</summary>
    private protected virtual IEnumerable<Plan> PlansAt(Site site) => Plans;

    internal Site? SiteAt(
        Document document,
        SyntaxNode root,
        SemanticModel model,
        string id,
        SyntaxNode node,
        CancellationToken cancellationToken) =>
        FindingAt(node, model, document.Project.AnalyzerOptions, cancellationToken) is { } finding
        && Speaks(id, finding)
        && new Site(document, root, model, id, finding, cancellationToken) is { Parses: true } site
            ? site
            : null;

    /// <summary>
    /// What a bulk run writes at the site: the plan that the key names, or the site's best where it names none.
    /// </summary>
    internal async Task<Edit?> InBulkAsync(Site site, string? key)
    {
        if (Plans.FirstOrDefault(plan => key == $"{site.Id}.{plan.Name}") is { } chosen)
        {
            return await EditOfAsync(chosen, site).ConfigureAwait(false);
        }

        foreach (var plan in InMenuOrder(site))
        {
            // Whoever prefers a plan for the whole project has decided.
            if ((!plan.NeedsDecision || IsPreferred(site, plan))
                && await EditOfAsync(plan, site).ConfigureAwait(false) is { } edit
                && !IsUndecided(site, plan, edit))
            {
                return edit;
            }
        }

        return null;
    }

    /// <summary>The plans that hold at the site, in menu order, with their keys.</summary>
    private async Task<IReadOnlyList<CodeAction>> ActionsAtAsync(Site site)
    {
        var actions = new List<CodeAction>();
        var primaryIsOpen = true;
        foreach (var plan in InMenuOrder(site))
        {
            // A bulk run takes a site's first action for its own: an edit that needs a decision is never that one.
            if (await EditOfAsync(plan, site).ConfigureAwait(false) is not { } edit
                || (primaryIsOpen && IsUndecided(site, plan, edit)))
            {
                continue;
            }

            var isPrimary = primaryIsOpen && !plan.NeedsDecision;
            primaryIsOpen &= !isPrimary;
            var action = ActionOf(site, edit, isPrimary ? site.Id : $"{site.Id}.{plan.Name}");
            actions.Add(plan.NeedsDecision && actions.Count == 0 ? Undecided(action) : action);
        }

        return actions;
    }

    // An editor shows what is nested as if it were not; a bulk run, which takes the first action's key for its own,
    // gets one that names no plan.
    private static CodeAction Undecided(CodeAction action) =>
        CodeAction.Create(action.Title, ImmutableArray.Create(action), isInlinable: true);

    private static CodeAction ActionOf(Site site, Edit edit, string key) =>
        edit.Trees.All(tree => tree == site.Root.SyntaxTree)
            ? CodeAction.Create(
                edit.Title,
                _ => Task.FromResult(site.Document.WithSyntaxRoot(
                    Edit.Apply(site.Root, [edit], new SyntaxAnnotation()))),
                key)
            : CodeAction.Create(
                edit.Title,
                _ => Task.FromResult(Edit.Apply(site.Document.Project.Solution, [edit], new SyntaxAnnotation())),
                key);

    private IEnumerable<Plan> InMenuOrder(Site site) => PlansAt(site).OrderBy(plan => IsPreferred(site, plan) ? 0 : 1);

    private bool IsUndecided(Site site, Plan plan, Edit edit) => edit.NeedsDecision && !IsPreferred(site, plan);

    private bool IsPreferred(Site site, Plan plan) => string.Equals(
        plan.Name, Options.Of(site.Options).PreferredFix(Rule.Id), StringComparison.OrdinalIgnoreCase);

    private static async Task<Edit?> EditOfAsync(Plan plan, Site site)
    {
        var edit = await plan.ForAsync(site).ConfigureAwait(false);
        while (edit is not null && !await Soundness.KeepsAsync(site, edit).ConfigureAwait(false))
        {
            edit = edit.Otherwise;
        }

        return edit;
    }
}
