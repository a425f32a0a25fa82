using ScopedTasks.Analyzers.Flow;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>The place a diagnostic speaks of, with everything that a plan asks about it.</summary>
internal sealed class Site(
    Document document,
    SyntaxNode root,
    SemanticModel model,
    string id,
    Finding finding,
    CancellationToken cancellationToken)
{
    private EnclosingFunction? _function;

    public Document Document { get; } = document;

    public SyntaxNode Root { get; } = root;

    public SemanticModel Model { get; } = model;

    /// <summary>The id of the diagnostic that is being fixed: a rule's of ours, or the compiler's CS4014.</summary>
    public string Id { get; } = id;

    public Finding Finding { get; } = finding;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public IOperation Start => Finding.Start;

    public SyntaxNode Node => Finding.Start.Syntax;

    public KnownTypes Types { get; } = KnownTypes.Of(model.Compilation);

    public Awaitables Awaitables => Awaitables.Of(Types);

    /// <summary>Whether the compilation sees the runtime, so that a fix may write its types.</summary>
    public bool HasRuntime => Types is { TaskGroup: not null, TaskGroupOptions: not null, BackgroundTasks: not null };

    public LanguageVersion Language => ((CSharpParseOptions)Root.SyntaxTree.Options).LanguageVersion;

    public AnalyzerConfigOptions Options =>
        Document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(Root.SyntaxTree);

    public EnclosingFunction Function =>
        _function ??= EnclosingFunction.Of(Start, Model.GetEnclosingSymbol(Node.SpanStart, CancellationToken));

    /// <summary>The declaration whose body holds the site: edits in two members do not touch.</summary>
    public SyntaxNode Member => MemberOf(Node);

    /// <summary>Whether the member is free of syntax errors: what is being typed is not rewritten.</summary>
    public bool Parses =>
        !Member.ContainsDiagnostics
        || Member.GetDiagnostics().All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);

    /// <summary>Whether <c>await</c> may be written at the site as it stands.</summary>
    public bool CanAwait => Barrier == AsyncBarrier.None;

    /// <summary>What keeps <c>await</c> from standing at the site.</summary>
    public AsyncBarrier Barrier => IsOnceAsync
        ? AsyncPlace.BarrierOnceAsync(Node, Model, CancellationToken)
        : AsyncPlace.BarrierAt(Node, Model, CancellationToken);

    /// <summary>The same site as it will be when the function around it is asynchronous.</summary>
    public Site OnceAsync => new(Document, Root, Model, Id, Finding, CancellationToken) { IsOnceAsync = true };

    private bool IsOnceAsync { get; init; }

    /// <summary>The same report, seen from another operation: a call around what it stands on.</summary>
    public Site At(IOperation operation) =>
        new(Document, Root, Model, Id, Finding with { Start = operation }, CancellationToken)
        {
            IsOnceAsync = IsOnceAsync,
        };

    /// <summary>Another report of the same document.</summary>
    public Site Of(Finding other) => new(Document, Root, Model, other.Rule.Id, other, CancellationToken);

    /// <summary>The same report, seen from an operation of another document.</summary>
    public Site In(Document document, SyntaxNode root, SemanticModel model, IOperation operation) =>
        new(document, root, model, Id, Finding with { Start = operation }, CancellationToken);

    /// <summary>How the file ends its lines.</summary>
    public string NewLine =>
        Root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToString()
            is { Length: > 0 } end ? end : "\n";

    /// <summary>The white space that a statement's line starts with.</summary>
    public static string IndentationOf(StatementSyntax statement) =>
        statement.GetLeadingTrivia().LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia)
            ? last.ToString()
            : "";

    public static SyntaxNode MemberOf(SyntaxNode node)
    {
        for (var current = node; ; current = current.Parent)
        {
            if (current is MemberDeclarationSyntax and not BaseNamespaceDeclarationSyntax and not GlobalStatementSyntax
                || current.Parent is null)
            {
                return current;
            }
        }
    }
}
