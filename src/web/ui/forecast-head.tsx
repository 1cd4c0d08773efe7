/** The head of a table of forecasts, one a row. */
export const ForecastHead = () => (
  <thead>
    <tr>
      <th scope="col">Outcome</th>
      <th scope="col">What was said, and our question</th>
      <th scope="col">Probability of the event</th>
      <th scope="col">Deadline</th>
    </tr>
  </thead>
)
